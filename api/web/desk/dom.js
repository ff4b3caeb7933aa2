// Elements: the only way in which words get onto the page, always as text and never as markup.

/** Makes an element. Functions become listeners, true and false an attribute there or not, all else text. */
export const h = (tag, props, ...kids) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (typeof value === 'boolean') node.toggleAttribute(key, value);
    else if (value != null) node.setAttribute(key, value);
  }
  node.append(...kids.flat(Infinity).filter((kid) => kid || kid === 0));
  return node;
};

export const button = (words, click, props) => h('button', { type: 'button', click, ...props }, words);

/** Changes a list in place: what has not changed keeps its element, and with it the focus.
 *  Each of `wanted` has a key and a mark of all it shows; `draw` makes the content of an element. */
export const keep = (list, wanted, make, draw) => {
  const there = new Map([...list.children].map((node) => [node.dataset.key, node]));
  wanted.forEach(({ key, mark, ...rest }, place) => {
    const node = there.get(String(key)) || make({ key, ...rest });
    there.delete(String(key));
    if (node.dataset.mark !== mark) {
      node.dataset.key = key;
      node.dataset.mark = mark;
      draw(node, rest);
    }
    // Moving an element takes the focus away from it, so only what is in the wrong place moves.
    if (list.children[place] !== node) list.insertBefore(node, list.children[place] || null);
  });
  for (const node of there.values()) node.remove();
};

/** A link that can do no harm, or nothing. */
export const safeUrl = (address) => {
  try {
    const { protocol, href } = new URL(address || 'no:', location.origin);
    return /^https?:$/.test(protocol) ? href : '';
  } catch {
    return ''; // An address that is none.
  }
};

/** On plain http there is no crypto.randomUUID, but a blob is named by one. */
export const newId = () => crypto.randomUUID?.() ?? URL.createObjectURL(new Blob()).slice(-36);
