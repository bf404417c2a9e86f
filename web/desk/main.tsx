/** Starts the desk's page. */
import { render } from "preact";
import "../ui/tokens.css";
import "../ui/base.css";
import "./desk.css";
import { App } from "./app.tsx";
import { Api } from "./shell/api.ts";
import { listenToKeys } from "./shell/keys.ts";

const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no element #app");
listenToKeys(window);
render(<App api={new Api()} />, root);
