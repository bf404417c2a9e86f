/** The hall's network, on the main laptop: how a device comes to this desk, what it compares, and which were let in. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { type InviteView, inGroups, type NetworkView, wayAddress } from "../../../src/recap/wire/network.ts";
import { OFFICERS } from "../../../src/tally/powers.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Qr } from "../../ui/qr.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { momentWords } from "../acts/words.ts";
import { ApiFault } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { inFours } from "./forms.ts";
import { NETWORK_WORDS as WORDS } from "./network-words.ts";

interface Props {
  readonly view: NetworkView;
}

export function Network({ view }: Props) {
  const speech = useSpeech();
  const { person } = useDesk();
  const mayChange = person !== null && OFFICERS.includes(person.role);
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.title)}</h2>
      <p class="small muted">{speech.text(WORDS.lead)}</p>
      <div class="two">
        <div class="stack">
          {view.addresses.length === 0 && <p class="need">{speech.text(WORDS.noAddress)}</p>}
          {view.addresses.length > 0 && mayChange && <Invitation view={view} />}
        </div>
        <div class="stack">
          <div>
            <h3>{speech.text(WORDS.fingerprint)}</h3>
            <p class="fingerprint">{inGroups(view.fingerprint)}</p>
            <p class="small muted">{speech.text(WORDS.fingerprintHelp)}</p>
          </div>
          <Addresses view={view} />
        </div>
      </div>
      <Devices view={view} mayChange={mayChange} />
    </section>
  );
}

/** A code for the next device: scanned, or typed with the address. */
function Invitation({ view: { addresses, fingerprint } }: Props) {
  const speech = useSpeech();
  const { api, hall } = useDesk();
  const [invite, setInvite] = useState<InviteView | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [fault, setFault] = useState<Text | null>(null);
  const at = addresses.find(({ address }) => address === chosen) ?? addresses[0];
  if (at === undefined) return null;
  const ask = async () => {
    setFault(null);
    try {
      setInvite(await api.invite());
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    }
  };
  return (
    <>
      {addresses.length > 1 && (
        <div class="field">
          <label for="network-address">{speech.text(WORDS.whichNetwork)}</label>
          <select id="network-address" value={at.address} onChange={(event) => setChosen(event.currentTarget.value)}>
            {addresses.map(({ address }) => (
              <option key={address}>{address}</option>
            ))}
          </select>
        </div>
      )}
      <button type="button" class="pair-device" onClick={() => void ask()}>
        {speech.text(WORDS.pair)}
      </button>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
      {invite !== null && (
        <div class="row pairing" role="status">
          <Qr
            text={wayAddress(at.steps, { fingerprint, code: invite.code, next: "" })}
            label={speech.text(WORDS.pair)}
          />
          <div class="stack key-text">
            <p class="small">{speech.text(WORDS.scan)}</p>
            <p class="small">{speech.text(WORDS.orType)}</p>
            <code>{at.steps}</code>
            <p class="compares">{inFours(invite.code)}</p>
            <p class="small muted">
              {speech.text(WORDS.goodUntil)} {momentWords(speech, invite.until, hall.region.zone)}
            </p>
          </div>
        </div>
      )}
    </>
  );
}

function Addresses({ view: { addresses } }: Props) {
  const speech = useSpeech();
  const lines: readonly [Text, "steps" | "intake" | "public"][] = [
    [WORDS.forDesks, "steps"],
    [WORDS.forPhones, "intake"],
    [WORDS.forEveryone, "public"],
  ];
  return (
    <dl class="addresses">
      {lines.map(([title, which]) => (
        <div key={which}>
          <dt class="small muted">{speech.text(title)}</dt>
          {addresses.map((one) => (
            <dd key={one.address}>
              <code>{one[which]}</code>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

function Devices({ view: { devices }, mayChange }: Props & { readonly mayChange: boolean }) {
  const speech = useSpeech();
  const { api, hall } = useDesk();
  const [fault, setFault] = useState<Text | null>(null);
  const moment = (time: number) => momentWords(speech, time, hall.region.zone);
  const putOut = async (id: string) => {
    setFault(null);
    try {
      await api.putOut(id);
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    }
  };
  return (
    <div class="stack">
      <h3>{speech.text(WORDS.devices)}</h3>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
      {devices.length === 0 && <p class="muted">{speech.text(WORDS.noDevices)}</p>}
      {devices.length > 0 && (
        <Scroll label={speech.text(WORDS.devices)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{speech.text(WORDS.device)}</th>
                <th scope="col">{speech.text(WORDS.pairedAt)}</th>
                <th scope="col">{speech.text(WORDS.seenAt)}</th>
                {mayChange && <th scope="col">{speech.text(WORDS.access)}</th>}
              </tr>
            </thead>
            <tbody>
              {devices.map(({ id, name, pairedAt, seenAt }) => (
                <tr key={id}>
                  <th scope="row">{name}</th>
                  <td>{moment(pairedAt)}</td>
                  <td>{seenAt === null ? speech.text(WORDS.notSeen) : moment(seenAt)}</td>
                  {mayChange && (
                    <td>
                      <button type="button" class="quiet" onClick={() => void putOut(id)}>
                        {speech.text(WORDS.putOut)} <span class="unseen">{name}</span>
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </div>
  );
}
