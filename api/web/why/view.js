// Why: one turn of the bot in plain words and tables, for any page of the staff's.
import { ask } from '/desk/asked.js';
import { h } from '/desk/dom.js';
import { language, moment, say as ofDesk, share } from '/desk/words.js';

const words = (await import(`/why/words_${language}.js`)).default;

/** A sentence of this view, or of the desk where both have the same words; else the name itself. */
const say = (key, ...values) => {
  const [, table, name] = /^(\w+)\/([^]*)$/.exec(key) || [];
  const found = table ? words[table]?.[name] : words[key];
  return typeof found === 'function' ? found(...values) : found ?? ofDesk(key, ...values);
};
const precise = new Intl.NumberFormat(language, { maximumFractionDigits: 2, minimumFractionDigits: 2 });
const figure = (value) => (value == null ? '–' : precise.format(value));
const chance = (value) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value || 0);
const intent = (name) => say(`intents/${name}`);

/** Opens a window with the reasons of a turn.
 *  @param api asks the server; @param id of the conversation; @param seq of a message; @param spoken the customer's language */
export const explain = async (api, id, seq, spoken) => {
  const told = await api.get(`../conversations/${encodeURIComponent(id)}/messages/${seq}/why`);
  const window = ask(say('title'), reasons(told, spoken));
  window.classList.add('because');
  // Read from its beginning, and not from the first table that scrolls.
  const title = window.querySelector('h2');
  title.tabIndex = -1;
  title.focus();
};

/** The reasons alone, for a page that has a place for them. */
export const reasons = (told, spoken) => h('div', { class: 'reasons' }, [
  h('p', { class: 'soft' }, say('turn', told.turn, moment(told.at))),
  told.messages.map(({ text }) => h('blockquote', { lang: spoken }, text)),
  told.failed ? h('p', {}, say('failed')) : parts(told, spoken),
]);

const parts = (told, spoken) => [
  part('decided', h('p', {}, way(told.rule, spoken)), steps(told)),
  told.intent && part('meant', meant(told), ranking(told.intent)),
  told.nearest.length > 0 && part('nearest', table('nearest', ['example', 'standsFor', 'similarity'],
    told.nearest.map((one) => [h('span', { lang: spoken }, one.text), intent(one.intent), share(one.similarity)]))),
  told.understanding && part('understanding', understanding(told.understanding, told.language)),
  ...told.look_ups.map((one) => lookUp(one, told.language)),
  told.detection && part('person', person(told.detection), signs(told.detection.signals || [], spoken)),
  part('versions', versions(told)),
];

const part = (name, ...kids) => h('section', { class: 'card' }, h('h3', {}, say(`parts/${name}`)), kids);

/** A table that scrolls sideways by itself, and by keyboard. */
const table = (name, columns, rows) => h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say(`parts/${name}`) }, h('table', {},
  h('thead', {}, h('tr', {}, columns.map((column) => h('th', { scope: 'col' }, say(`columns/${column}`))))),
  h('tbody', {}, rows.map(([first, ...rest]) => h('tr', {}, h('th', { scope: 'row' }, first), rest.map((cell) => h('td', {}, cell)))))));

const way = ({ how, button, awaiting, fetched }, spoken) => [
  say(`how/${how}`), button && [' ', h('q', { lang: spoken }, button.text)], fetched && ` ${ofDesk(`signals/${fetched}`)}.`, awaiting && ` ${say(`awaiting/${awaiting}`)}`,
];

const steps = ({ rule, order, handover, ticket }) => h('dl', {}, [
  [say('rule'), rule.name],
  [say('actions'), rule.actions.map(({ name }) => say(`does/${name}`)).join(' → ')],
  [say('engineDown'), rule.engine_down],
  [say('order'), order && [order.number, say(`orders/${order.outcome.replaceAll(' ', '_')}`), order.reason].filter(Boolean).join(' · ')],
  [ofDesk('ticket'), ticket],
  [say('handover'), handover && ofDesk(`signals/${handover.reason}`)],
].filter(([, value]) => value).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));

const meant = ({ intent: { name, probability, runner_up: second, margin }, scope }) => h('p', {}, [
  probability == null ? say('known', intent(name)) : say('read', intent(name), share(probability)),
  second && margin != null && ` ${say('second', intent(second.name), share(second.probability), share(margin))}`,
  scope && ` ${say(scope.rejected ? 'strange' : 'ours', share(scope.score), share(scope.threshold))}`,
]);

const ranking = ({ ranking: all }) => all.length > 0 && table('meant', ['standsFor', 'probability'], all.map((one) => [intent(one.name), share(one.probability)]));

const understanding = ({ follow_up: on, vague, asked_back: back, matters }, spoken) => [
  on && h('p', {}, say(on.leans ? 'leans' : 'standsAlone', share(on.probability))),
  vague && h('p', {}, say(`vague/${vague.replaceAll(' ', '_')}`), back ? ` ${say('askedBack', back.time)}` : ''),
  matters && h('p', {}, say(matters.split ? 'split' : 'notSplit')),
  matters && h('ol', {}, matters.parts.map((one) => h('li', {}, h('q', { lang: spoken }, one.text), ` ${say(`outcomes/${one.outcome}`)}`))),
];

const lookUp = ({ question, outcome, confidence, thresholds, reason, weights, passages = [] }, spoken) => part('articles',
  h('p', {}, say('asked'), ' ', h('q', { lang: spoken }, question)),
  outcome && h('p', {}, say(`outcomes/${outcome}`), ' ', thresholds ? say('sure', share(confidence), share(thresholds.answer), share(thresholds.suggest)) : reason || ''),
  passages.length > 0 && table('articles', ['article', 'total', ...Object.keys(weights)], [
    ...passages.map(({ title, permalink, passage, score, parts: found, told }) => [
      [told && h('strong', {}, '✓ '), title, h('br'), h('small', { class: 'soft' }, passage || permalink), told && h('span', { class: 'unseen' }, ` ${say('told')}`)],
      h('strong', {}, figure(score)), ...Object.keys(weights).map((name) => figure(found[name]))]),
    [say('weight'), '', ...Object.values(weights).map(figure)],
  ]), passages.length > 0 && h('p', { class: 'soft' }, say('sum')));

const person = ({ probability, decision, reason, thresholds }) => h('p', {}, [
  say(`decisions/${decision}`), ' ', say('likely', chance(probability)),
  thresholds && ` ${say('lines', ...['acknowledge', 'offer', 'hand_over'].map((name) => chance(thresholds[name])))}`,
  reason && ` ${say('strongest', ofDesk(`signals/${reason}`))}`,
]);

const signs = (all, spoken) => all.length > 0 && table('person', ['sign', 'weight', 'quote'],
  all.map(({ name, weight, quote }) => [ofDesk(`signals/${name}`), figure(weight), h('q', { lang: spoken }, quote)]));

const versions = ({ versions: { model, index }, changed, replay, cut }) => [
  h('dl', {}, [['model', model], ['index', index]].map(([name, value]) => h('div', {}, h('dt', {}, say(name)), h('dd', {}, h('code', {}, value || '–'))))),
  h('p', {}, changed.length ? say('changed', changed.map(({ what }) => say(`changes/${what.replace('settings.', '')}`)).join(', ')) : say('unchanged')),
  cut.length > 0 && h('p', { class: 'soft' }, say('cut')),
  replay && [h('p', {}, say('replay')), h('pre', { tabindex: 0 }, replay)],
];
