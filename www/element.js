// The custom element. Its inside is the wasm module's; this class only tells it when to begin and when to end.

let sheet;

/** Registers the element, once: `mount(root, attributes)` fills a shadow root and answers what ends and changes it. */
export function define(name, css, mount) {
  if (customElements.get(name)) return;
  const attributes = ["source", "seed", "theme", "session", "linked", "keep"];
  customElements.define(name, class extends HTMLElement {
    static observedAttributes = attributes;
    #running = null;

    connectedCallback() {
      if (this.#running) return;
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
      }
      root.adoptedStyleSheets = [sheet];
      const place = document.createElement("div");
      place.className = "pt-place";
      root.replaceChildren(place);
      this.#running = mount(place, this.#said());
    }

    // An element that is only moved is disconnected and connected in one go: it keeps its cluster.
    disconnectedCallback() {
      queueMicrotask(() => {
        if (this.isConnected || !this.#running) return;
        this.#running.end();
        this.#running = null;
        this.shadowRoot.replaceChildren();
      });
    }

    attributeChangedCallback(_, before, after) {
      if (this.#running && before !== after) this.#running.change(this.#said());
    }

    #said() {
      return attributes.map((name) => this.getAttribute(name) ?? undefined);
    }
  });
}
