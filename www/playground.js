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

// Where nothing has the focus, the keys that find and explain are the playground's: this page holds nothing else. Another page that has the
// element in it keeps its keys: there they work while the focus is in the element.
const finds = ({ key, ctrlKey, metaKey, altKey }) => !altKey && (ctrlKey || metaKey ? /^k$/i.test(key) : key === "?");
function hand(event) {
  const nobody = !document.activeElement || document.activeElement === document.body;
  if (event.defaultPrevented || !nobody || !finds(event) || document.querySelectorAll("partita-playground").length !== 1) return;
  const { key, ctrlKey, metaKey, shiftKey } = event;
  const same = new KeyboardEvent("keydown", { key, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true });
  if (linked.shadowRoot?.querySelector(".pt")?.dispatchEvent(same) === false) event.preventDefault();
}
if (linked) addEventListener("keydown", hand);

await init();
