/** The pages that were signed by hand, photographed and attached to the certificate. */
import { useState } from "preact/hooks";
import type { CertificateView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { NO_PHOTOS, PhotoField } from "../acts/photos.tsx";
import { paperUrl } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { useView } from "../shell/use-view.ts";
import { scan } from "./forms.ts";
import { WORDS } from "./words.ts";

export function Scan({ certificate }: { certificate: CertificateView }) {
  const speech = useSpeech();
  const { api } = useDesk();
  const [pages, setPages] = useState(NO_PHOTOS);
  const { scan: list } = certificate;
  const attached = useView(`pages/${list}`, 0, async () => (list === null ? [] : api.pages(list))).view;
  const form = () =>
    pages.list === null
      ? { needs: [{ field: "pages", what: WORDS.needPhotos }] }
      : { draft: scan(certificate.id, pages.list) };
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.scan)}</h2>
      {certificate.scan !== null ? (
        <>
          <p>{speech.text(WORDS.scanned)}</p>
          <ul class="thumbs">
            {(attached ?? []).map((page, i) => (
              <li key={page}>
                <a href={paperUrl(page)} target="_blank" rel="noopener">
                  <img src={paperUrl(page)} alt={`${speech.text(WORDS.openScan)} ${i + 1}`} />
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p class="small muted">{speech.text(WORDS.scanHelp)}</p>
      )}
      <ActForm act="scan" submit={WORDS.stateScan} form={form} onStated={() => setPages(NO_PHOTOS)}>
        <PhotoField name="pages" kind="scan" label={speech.text(WORDS.scanPhotos)} photos={pages} onChange={setPages} />
      </ActForm>
    </section>
  );
}
