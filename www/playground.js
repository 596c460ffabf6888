// Loads the module once; it defines <partita-playground>. This is the one file a page has to name.
import init from "./partita.js";

// An element that is `linked` opens the session that the page's address names after its #.
const linked = document.querySelector("partita-playground[linked]");
const open = () => {
  if (/^#p\d+\./.test(location.hash)) linked.setAttribute("session", location.hash.slice(1));
};
if (linked) {
  open();
  addEventListener("hashchange", open);
}

await init();
