/** By what a page fetches anew what it shows of more than its own log. */
import { useDesk } from "../shell/desk.ts";

/** Of a kecamatan the size of its log. Above it the logs below move too, and with each move the hall's view comes anew. */
export function useStamp(): number {
  const { hall, size } = useDesk();
  return hall.region.level === "kecamatan" ? size : hall.now;
}
