/* Progressive enhancement of every page: nothing here is needed to read or to send a form. */
import { announce } from "./announce.js";
import { enhanceCounters } from "./counter.js";
import { enterUnfoldedAnswers, keepFocus } from "./focus.js";
import { enhanceSearchSelects } from "./search-select.js";
import { guardUnsaved } from "./unsaved.js";
import { tidyMenu, openFoldsForPrint } from "./frame.js";

function enhance(root) {
  enhanceCounters(root);
  enhanceSearchSelects(root);
}

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.target));
announce();
keepFocus();
enterUnfoldedAnswers();
guardUnsaved();
tidyMenu();
openFoldsForPrint();
