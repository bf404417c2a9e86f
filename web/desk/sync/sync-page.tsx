/** The page of connections: of a laptop, how far the centre is; of a kabupaten, who writes its kecamatan's logs. */
import { useEffect, useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import "../acts/acts.css";
import { WORDS as COMMON } from "../acts/words.ts";
import type { ApiFault } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { useView } from "../shell/use-view.ts";
import { CustodyPage } from "./custody.tsx";
import { Laptop } from "./laptop.tsx";
import { Network } from "./network.tsx";
import "./sync.css";
import { WORDS } from "./words.ts";

/** How often it is looked how far the centre is, in milliseconds. */
const LOOK = 3_000;

export default function SyncPage() {
  const speech = useSpeech();
  const { hall } = useDesk();
  return (
    <div class="page">
      <h1>{speech.text(WORDS.title)}</h1>
      {hall.region.level === "kecamatan" ? <OfHall /> : <OfKabupaten />}
    </div>
  );
}

function OfHall() {
  const { api, size } = useDesk();
  const turns = useTurns(size);
  const { view, fault } = useView("sync", turns, () => api.sync());
  // There is none where nobody but this laptop can reach the desk.
  const network = useView("network", turns, () => api.network()).view;
  if (view !== null)
    return (
      <>
        <Laptop view={view} turn={turns} />
        {network !== null && <Network view={network} />}
      </>
    );
  return <NotYet fault={fault} />;
}

function OfKabupaten() {
  const { api, size, region } = useDesk();
  const { view, fault } = useView(`custody/${region}`, useTurns(size), () => api.custody(region));
  if (view !== null) return <CustodyPage view={view} />;
  return <NotYet fault={fault} />;
}

/** While there is nothing to show: why. */
function NotYet({ fault }: { readonly fault: ApiFault | null }) {
  const speech = useSpeech();
  return (
    <p class="muted">
      {speech.text(fault?.code === "unknown" ? WORDS.centreLead : (fault?.words ?? COMMON.waitingView))}
    </p>
  );
}

/** A number that changes whenever it is to be looked again: with the log, and every few seconds. */
function useTurns(size: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((count) => count + 1), LOOK);
    return () => clearInterval(timer);
  }, []);
  // Both only grow, so their sum never stands still when one of them moves.
  return size + turn;
}
