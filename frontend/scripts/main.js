// Everything here adds to pages that work without it.
import htmx from "htmx.org";
import { start as startCharts } from "./charts.js";
import { start as startMap } from "./map.js";
import { start as startUploads } from "./uploads.js";

// The security policy of the site allows no inline style and no eval; htmx is told not to try.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.scrollBehavior = "auto";

function start(root) {
  startCharts(root);
  startMap(root);
  startUploads(root);
}

document.addEventListener("DOMContentLoaded", () => start(document));
document.addEventListener("htmx:afterSwap", (event) => start(event.target));
