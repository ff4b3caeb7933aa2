// Words: the desk in the agent's language, and times as people say them.

export const LANGUAGES = { en: 'English', zh: '中文', ko: '한국어' };
const KEPT = 'frontdoor-desk:language';

export let language = 'en';
let words = {};

/** Loads the words of the language that was chosen, else of the browser's. */
export const speak = async () => {
  const wanted = [remembered(KEPT), ...navigator.languages].map((each) => `${each || ''}`.slice(0, 2).toLowerCase());
  language = wanted.find((each) => Object.hasOwn(LANGUAGES, each)) || 'en';
  words = (await import(`/desk/words_${language}.js`)).default;
  document.documentElement.lang = language;
};

/** Another language: the page begins again, as it would after a reload. */
export const choose = (code) => {
  remember(KEPT, code);
  location.reload();
};

/** A sentence of the desk. What has no words (a signal of a later version) is shown by its name. */
export const say = (key, ...values) => {
  const [, table, name] = /^(\w+)\/([^]*)$/.exec(key) || [];
  const found = table ? words[table]?.[name] : words[key];
  return typeof found === 'function' ? found(...values) : found ?? (name ?? key).replaceAll('_', ' ');
};

export const remembered = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // No storage: the desk works without a memory.
  }
};

export const remember = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The same.
  }
};

/** Seconds as a length of time, in the largest unit that says something. */
export const span = (seconds) => {
  const [unit, size] = [['day', 86_400], ['hour', 3600], ['minute', 60]].find(([, each]) => seconds >= each) || ['minute', 60];
  const length = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(seconds / size) || 1);
  return seconds < 60 ? `<${length}` : length;
};

export const since = (at) => (at ? Math.max(0, (Date.now() - Date.parse(at)) / 1000) : 0);

/** British agents see 24 hours, American ones 12: the browser knows. */
const tag = () => navigator.languages.find((each) => each.startsWith(language)) || language;
const format = (at, options) => new Intl.DateTimeFormat(tag(), options).format(Date.parse(at));

export const clock = (at) => (at ? format(at, { timeStyle: 'short' }) : '');
export const day = (at) => (at ? format(at, { dateStyle: 'full' }) : '');

/** A moment: the time alone when it is today. */
export const moment = (at) => {
  if (!at) return '';
  return day(at) === day(new Date().toISOString()) ? clock(at) : format(at, { dateStyle: 'medium', timeStyle: 'short' });
};

export const share = (value) => new Intl.NumberFormat(language, { style: 'percent' }).format(value || 0);
export const number = (value) => new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value);
