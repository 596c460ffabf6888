// Loads the module once; it defines <partita-playground>. This is the one file a page has to name.
import init from "./partita.js";

await init();
