/** What stands below a region's figures, and is fetched when a reader comes near: what its flags say, and who writes its log. */
import type { ResultObject } from "../verify/objects.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { Flags } from "./flags.tsx";
import { Writer } from "./writer.tsx";

interface Props {
  readonly object: ResultObject;
  readonly snapshot: Snapshot;
  readonly reader: Reader;
}

export function Below(props: Props) {
  return (
    <>
      <Flags object={props.object} />
      {props.object.level === "kecamatan" && <Writer {...props} />}
    </>
  );
}
