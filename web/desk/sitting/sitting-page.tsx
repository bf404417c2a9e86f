/** The sitting: its parts under one head, each with an address of its own. */
import type { ComponentType } from "preact";
import { useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page.ts";
import { useDesk } from "../shell/desk.ts";
import { routeTo } from "../shell/route.ts";
import "../acts/acts.css";
import "./sitting.css";
import { Boxes } from "./boxes.tsx";
import { Course } from "./course.tsx";
import { Minutes } from "./minutes.tsx";
import { Order } from "./order.tsx";
import { Presence } from "./presence.tsx";
import { TABS, WORDS } from "./words.ts";

type TabName = (typeof TABS)[number]["name"];

const PARTS: Readonly<Record<TabName, ComponentType>> = {
  "": Course,
  kehadiran: Presence,
  kotak: Boxes,
  urutan: Order,
  risalah: Minutes,
};

export default function SittingPage({ args }: PageProps) {
  const speech = useSpeech();
  const { region, hall } = useDesk();
  // Boxes come to a kecamatan and are read there; above it there is neither to take in nor to queue.
  const tabs = TABS.filter(({ name }) => hall.region.level === "kecamatan" || (name !== "kotak" && name !== "urutan"));
  const current = tabs.find(({ name }) => name === (args[0] ?? "")) ?? TABS[0];
  const Part = PARTS[current.name];
  return (
    <div class="page sitting">
      <h1 class="unseen">{speech.text(current.title)}</h1>
      <nav class="tabs" aria-label={speech.text(WORDS.parts)}>
        {tabs.map(({ name, title }) => (
          <a
            key={name}
            href={name === "" ? routeTo(region) : routeTo(region, "rapat", name)}
            aria-current={name === current.name ? "page" : undefined}
          >
            {speech.text(title)}
          </a>
        ))}
      </nav>
      <Part />
    </div>
  );
}
