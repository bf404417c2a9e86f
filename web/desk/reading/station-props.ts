/** What the page of a station is given, whether it is read or typed. */
import type { StationCode } from "../../../src/election/codes.ts";
import type { DesaView, DistrictView, PanelView, StationView } from "../../../src/recap/wire/views.ts";

export interface StationProps {
  readonly station: StationView;
  readonly desa: DesaView;
  readonly district: DistrictView;
  readonly panel: PanelView;
  /** A decision is on its way: the station is not offered again. */
  readonly onDecided: () => void;
  /** It was refused. */
  readonly onUndecided: () => void;
  readonly onNext: () => void;
  readonly onGo: (station: StationCode) => void;
}
