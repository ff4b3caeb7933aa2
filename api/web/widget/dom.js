/** Makes an element. Functions become listeners, all else text: data never becomes markup. */
const h = (tag, props, ...kids) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else node.setAttribute(key, value);
  }
  node.append(...kids.filter((kid) => kid));
  return node;
};

const button = (name, label, click, ...kids) =>
  h('button', { type: 'button', class: name, 'aria-label': label, click }, ...kids);

const icon = (path) => {
  const make = (tag) => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const svg = make('svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.appendChild(make('path')).setAttribute('d', path);
  return svg;
};

const list = (value) => (Array.isArray(value) ? value.filter((item) => item && typeof item === 'object') : []);

/** A safe link, or nothing. Relative addresses belong to the API's site. */
const safeUrl = (address, base) => {
  try {
    const { protocol, href } = new URL(address || 'no:', base);
    return /^https?:$/.test(protocol) ? href : '';
  } catch {
    return ''; // An address that is none.
  }
};

/** On plain http there is no crypto.randomUUID, but a blob is named by one. */
const newId = () => crypto.randomUUID?.() ?? URL.createObjectURL(new Blob()).slice(-36);
