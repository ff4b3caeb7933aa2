/**
 * The chat on a shop's page: a customer asks and sees the answer, its source, or the ticket.
 *
 *   <script src="https://support.example/web/widget.js" defer></script>
 *   <frontdoor-chat name="Linden &amp; Lark"></frontdoor-chat>
 *
 * Attributes: base (the API; default: this script's origin), locale (en, zh, ko; default: the page's language),
 * name (the shop's), open. Methods: show(draft), hide(). Colours: --frontdoor-accent, --frontdoor-on-accent.
 *
 * @typedef {{id: string, text: string, at: string, error?: string, hold?: number}} Letter  a message not yet accepted
 * @typedef {{seq: number, role: string, text: string, letter?: Letter, node?: Element}} Row  an event on the screen
 */
(() => {
  const LIMIT = 2000; // The server decides; we only count.
  const TYPING = 45_000;
  const SILENCE = 20_000; // A heartbeat comes every 15 s.
  const WORDS = {
    en: {
      title: 'Customer support',
      sub: 'Automatic assistant, people on request',
      hello: (name) => `Hello! I'm the automatic assistant${name && ` of ${name}`}. Ask me anything in your own words. If you would rather talk to a person, just say so.`,
      open: 'Open chat', close: 'Close chat', unread: 'new messages:',
      log: 'Conversation', field: 'Type your question…', send: 'Send',
      customer: 'You', bot: 'Assistant', agent: 'Support agent',
      typing: (who) => `${who} is typing…`, sending: 'Sending…', retry: 'Try again', edit: 'Edit',
      lost: 'Connection lost. Reconnecting…', failed: 'This message could not be sent.',
      gone: 'Your earlier conversation is no longer available. A new one starts here.',
      next: 'You are next.', place: (n) => `You are number ${n} in the queue.`, within: (n) => `It should take no longer than ${n} minutes.`,
      leave: 'Rather leave a ticket', joined: (who) => `${who} is with you`,
      sources: 'Sources', tab: '(opens in a new tab)', ticket: 'Ticket', reply: (when) => `We reply by ${when}`,
    },
    zh: {
      title: '在线客服',
      sub: '智能客服，也可找人工',
      hello: (name) => `您好，我是${name && ` ${name} 的`}智能客服。请直接输入您的问题；想找人工客服，跟我说一声就行。`,
      open: '打开聊天', close: '关闭聊天', unread: '新消息：',
      log: '对话', field: '请输入您的问题…', send: '发送',
      customer: '我', bot: '智能客服', agent: '人工客服',
      typing: (who) => `${who}正在输入…`, sending: '发送中…', retry: '重新发送', edit: '修改',
      lost: '连接已断开，正在重新连接…', failed: '这条消息没有发送成功。',
      gone: '之前的对话已失效，现在为您开始新的对话。',
      next: '下一位就是您。', place: (n) => `您排在第 ${n} 位。`, within: (n) => `预计 ${n} 分钟内接通。`,
      leave: '改为留工单', joined: (who) => `${who} 正在为您服务`,
      sources: '参考文章', tab: '（在新标签页中打开）', ticket: '工单', reply: (when) => `我们会在 ${when} 前回复您`,
    },
    ko: {
      title: '고객 상담',
      sub: '자동 상담 챗봇, 상담원 요청 가능',
      hello: (name) => `안녕하세요, ${name && `${name} `}챗봇입니다. 궁금한 점을 편하게 적어 주세요. 상담원을 원하시면 말씀해 주세요.`,
      open: '채팅 열기', close: '채팅 닫기', unread: '새 메시지:',
      log: '대화 내용', field: '궁금한 점을 입력하세요…', send: '보내기',
      customer: '나', bot: '챗봇', agent: '상담원',
      typing: (who) => `${who}이 답변을 쓰고 있어요…`, sending: '보내는 중…', retry: '다시 보내기', edit: '수정',
      lost: '연결이 끊겼습니다. 다시 연결하는 중…', failed: '메시지를 보내지 못했습니다.',
      gone: '이전 대화를 더 이상 불러올 수 없어 새 대화를 시작합니다.',
      next: '다음 순서입니다.', place: (n) => `대기 순서 ${n}번째입니다.`, within: (n) => `${n}분 안에 연결될 것으로 보입니다.`,
      leave: '기다리지 않고 문의 남기기', joined: (who) => `${who} 님이 상담 중입니다`,
      sources: '참고 문서', tab: '(새 탭에서 열림)', ticket: '문의 번호', reply: (when) => `${when}까지 답변드리겠습니다`,
    },
  };

  const CSS = `
:host { all: initial; color-scheme: light dark; --bg: #fff; --ink: #1c2421; --soft: #586560; --line: #8a9792;
  --bubble: #eff3f1; --accent: var(--frontdoor-accent, #1f5c46); --on: var(--frontdoor-on-accent, #fff);
  --agent: #fdf1d8; --mark: #8a5600; --bad: #ac1f16 }
@media (prefers-color-scheme: dark) { :host { --bg: #161b19; --ink: #e7edea; --soft: #a6b3ae; --line: #77857f;
  --bubble: #252d2a; --accent: var(--frontdoor-accent, #27724f); --agent: #3a2f17; --mark: #e2b055; --bad: #ffb3a9 } }
@media print { :host { display: none } }
:host([hidden]), [hidden] { display: none !important }
* { box-sizing: border-box; overflow-wrap: anywhere }
.root { font: 15px/1.45 system-ui, sans-serif; color: var(--ink) }
:lang(ko) { word-break: keep-all }
button, textarea { font: inherit; color: inherit; margin: 0 }
button { cursor: pointer; background: none; border: 1px solid transparent }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; box-shadow: 0 0 0 2px var(--bg) }
.sr, .same .who { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
svg { display: block; margin: auto; width: 26px; fill: none; stroke: currentColor; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round }
.launcher, .panel { position: fixed; z-index: 2147483000; right: 16px; bottom: 16px; box-shadow: 0 6px 30px #0005 }
.launcher { width: 60px; height: 60px; border: 2px solid var(--bg); border-radius: 50% }
.launcher, .head, .send { background: var(--accent); color: var(--on) }
.badge { position: absolute; top: -6px; right: -6px; min-width: 24px; padding: 0 6px; border-radius: 12px;
  background: #ac1f16; color: #fff; font-size: 13px; line-height: 24px }
.panel { bottom: 88px; width: 384px; height: min(640px, 100dvh - 104px);
  display: flex; flex-direction: column; overflow: hidden; background: var(--bg); border: 1px solid var(--line);
  border-radius: 16px }
.head { display: flex; justify-content: space-between; padding: 12px 12px 12px 18px }
h2, p { margin: 0; font-size: 17px }
p, .day, .who, .state, small, .typing, .lost, .count, ul::before { font-size: 13px }
.day, .who, .state, small, .typing, .count, .system, ul::before, ::placeholder { color: var(--soft); opacity: 1 }
.close, .send { flex: none; width: 44px; height: 44px; padding: 0; border-radius: 12px }
.head :focus-visible { outline-color: var(--on); box-shadow: none }
.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 0 14px; position: relative }
.log:focus-visible { outline-offset: -3px }
.row { display: flex; flex-direction: column; align-items: flex-start; gap: 4px; padding: 5px 0 }
.row > * { max-width: 88% }
.customer { align-items: flex-end }
.day, .system .bubble { align-self: center; text-align: center }
.day { padding: 8px }
.bubble { padding: 9px 13px; border: 1px solid transparent; border-radius: 16px 16px 16px 5px;
  background: var(--bubble); white-space: pre-wrap }
.customer .bubble { background: var(--accent); color: var(--on); border-radius: 16px 16px 5px }
.waiting:has(.state:not(:empty)) .bubble { background: var(--bg); color: var(--ink); border: 1px dashed var(--line) }
.agent .bubble { background: var(--agent); border-left: 4px solid var(--mark) }
.agent .who { color: var(--mark); font-weight: 600 }
.system .bubble { padding: 2px; background: none; font-size: 14px }
.state button { padding: 3px 10px; border-color: currentColor; border-radius: 8px }
.failed .state, .over { color: var(--bad) }
ul { list-style: none; margin: 0; padding: 0 4px; font-size: 14px }
ul::before { content: attr(aria-label) }
li { padding: 4px 0 }
a { color: inherit }
.quick { display: flex; flex-wrap: wrap; gap: 8px }
/* Quick replies are for the customer's next word. */
.row:has(~ .customer:not(.failed), ~ .agent) .quick, .state:empty, .day:empty { display: none }
.quick button { padding: 7px 14px; min-height: 38px; border-color: var(--accent); border-radius: 19px }
.ticket { padding: 10px 14px; border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 10px }
.ticket * { display: block }
b { font-size: 17px }
.typing, .lost:not(:empty), .count:not(:empty) { padding: 3px 18px; min-height: 26px }
.place { padding: 3px 18px; font-size: 13px }
.place button { margin-left: 8px; text-decoration: underline }
.lost { background: var(--agent) }
.count { text-align: right }
.typing:not(:empty)::before { content: "••• "; display: inline-block; margin-right: 6px }
form { display: flex; align-items: flex-end; gap: 8px; padding: 10px 12px calc(12px + env(safe-area-inset-bottom)) }
textarea { flex: 1; min-width: 0; min-height: 44px; max-height: 132px; resize: none; padding: 10px 12px;
  font-size: 16px; line-height: 22px; background: var(--bg); border: 1px solid var(--line); border-radius: 12px }
textarea:focus { outline: 2px solid var(--ink); outline-offset: 0; box-shadow: none }
@media (max-width: 480px), (max-height: 420px) {
  .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0 }
  .panel:not([hidden]) + .launcher { display: none } }
@media (prefers-reduced-motion: no-preference) {
  .panel { animation: rise .18s ease-out }
  .typing::before { animation: beat 1.2s infinite }
  @keyframes rise { from { opacity: 0; transform: translateY(12px) } }
  @keyframes beat { 30% { opacity: .25 } } }`;

  const script = document.currentScript || [...document.scripts].find(({ src }) => /\/widget\.js\b/.test(src));
  const origin = new URL(script?.src || location.href).origin;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);

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

  /** An answer that says no; `text` is the server's sentence for the customer. */
  const refusal = (status, after, text) =>
    Object.assign(new Error(`Answered ${status}`), { status, after, text, gone: /40[134]|410/.test(status) });

  /** Reads server-sent events from pieces of text that may be cut anywhere. */
  const eventReader = (heard) => {
    let rest = '';
    let name = '';
    let data = [];
    return (piece) => {
      rest += piece;
      // A CR at the end may be half of a CRLF: it waits.
      for (let end; (end = /\r\n|\n|\r(?!$)/.exec(rest)); ) {
        const line = rest.slice(0, end.index);
        rest = rest.slice(end.index + end[0].length);
        const [, field, value] = /^([^:]*):? ?([^]*)$/.exec(line); // A comment has an empty field.
        if (field === 'data') data.push(value);
        if (field === 'event') name = value;
        if (line) continue;
        if (data.length) heard(name, data.join('\n'));
        data = [];
        name = '';
      }
    };
  };

  /** What pages and tabs share; memory only, where storage is forbidden. */
  class Memory {
    constructor(key) {
      this.key = key;
      this.held = '{}';
    }

    /** @returns {{id: string, token: string, seen: number, outbox: Letter[]}} */
    read() {
      let kept;
      try {
        kept = JSON.parse(this.closed ? this.held : localStorage.getItem(this.key));
      } catch (error) {
        this.closed = !(error instanceof SyntaxError); // A spoilt entry is as good as none.
      }
      return { id: '', token: '', seen: 0, ...kept, outbox: list(kept?.outbox) };
    }

    change(edit) {
      const facts = this.read();
      edit(facts);
      this.held = JSON.stringify(facts);
      try {
        localStorage.setItem(this.key, this.held);
      } catch {
        this.closed = true;
      }
    }
  }

  /** The line to the server: sends the outbox, in order and again after a failure, and listens. */
  class Line {
    constructor(base, locale, view) {
      Object.assign(this, { base, locale, view, known: new Set(), last: 0, turn: 0, failures: 0, polls: 0, blind: 0 });
      this.memory = new Memory(`frontdoor:${base}`);
      this.id = this.memory.read().id;
    }

    start() {
      this.listen();
      this.drain();
    }

    stop() {
      this.turn += 1;
      this.cut?.abort();
      clearTimeout(this.resend);
    }

    /** @returns {Letter} the message, now in the outbox */
    say(text) {
      const letter = { id: newId(), text, at: new Date().toISOString() };
      this.memory.change(({ outbox }) => outbox.push(letter));
      this.drain();
      return letter;
    }

    /** Changes a message in the outbox, or takes it out. */
    amend(id, changes) {
      this.memory.change((facts) => {
        if (changes) Object.assign(facts.outbox.find((letter) => letter.id === id) || {}, changes);
        else facts.outbox = facts.outbox.filter((letter) => letter.id !== id);
      });
    }

    /** Another tab may have begun or lost a conversation. */
    adopt() {
      const { id } = this.memory.read();
      if (id === this.id) return;
      if (this.id) this.view.gone();
      this.id = id;
      this.last = 0;
      this.person = false;
      this.known.clear();
      this.view.stands({});
      this.listen();
    }

    /** The server has lost the conversation. What is unsent goes into a new one. */
    forget(id) {
      this.memory.change((facts) => {
        if (facts.id === id) Object.assign(facts, { id: '', token: '', seen: 0 });
      });
      this.adopt();
      this.drain();
    }

    async drain() {
      this.again = true;
      if (this.draining) return;
      this.draining = true;
      while (this.again) {
        this.again = false;
        // Tabs share the outbox: one sends at a time, so one conversation is made, in order.
        if (navigator.locks && !this.memory.closed) await navigator.locks.request(this.memory.key, () => this.sendAll());
        else await this.sendAll();
      }
      this.draining = false;
    }

    async sendAll() {
      let renewed = false;
      for (;;) {
        clearTimeout(this.resend);
        const later = (ms) => { this.resend = setTimeout(() => this.drain(), ms); };
        const letter = this.memory.read().outbox.find(({ error, hold }) => !error || hold);
        if (!letter) return;
        if (letter.hold > Date.now()) return later(letter.hold - Date.now());
        let id = '';
        try {
          id = await this.begin();
          const { seq } = await this.call(`/${id}/messages`, { body: { id: letter.id, text: letter.text } });
          this.failures = 0;
          this.amend(letter.id);
          this.view.accepted(letter.id, seq);
        } catch (error) {
          const { status, after } = error;
          if (id && error.gone && !renewed) {
            renewed = true;
            this.forget(id);
          } else if (!(status < 500) || status === 408 || (error.gone && !id)) {
            this.lose();
            return later(this.backoff(after));
          } else {
            letter.error = error.text || '-';
            letter.hold = status === 429 ? Date.now() + (after || 5000) : 0;
            this.amend(letter.id, letter);
            this.view.refused(letter);
          }
        }
      }
    }

    /** The first message makes the conversation; looking never does. */
    async begin() {
      if (!this.memory.read().id) {
        const { id, token } = await this.call('', { body: { locale: this.locale } });
        this.memory.change((facts) => {
          if (!facts.id) Object.assign(facts, { id, token, seen: 0 });
        });
      }
      this.adopt();
      return this.id;
    }

    /** Streams until a newer call takes over; asks for a while where a stream brings nothing. */
    async listen() {
      const turn = ++this.turn;
      const { id, known } = this;
      this.cut?.abort();
      this.attend(turn);
      while (id && turn === this.turn) {
        const asking = this.polls > 0;
        const { size } = known;
        const began = Date.now();
        let error;
        this.silent = true;
        try {
          await this.events(id, turn, asking);
        } catch (caught) {
          error = caught;
        }
        if (turn !== this.turn) return;
        this.doubt = error?.name === 'AbortError';
        if (error?.gone) return this.forget(id);
        if (asking) this.polls = error ? 0 : this.polls - 1;
        else if (this.silent || this.doubt) this.polls = 2 ** Math.min(this.blind++, 4);
        else this.blind = 0;
        // A refused or silent stream may still be a working line: asking will tell.
        if (error && this.silent && (asking || !(error.status || this.doubt))) this.lose();
        if (known.size > size || Date.now() - began > 5000) this.failures = 0;
        if (error || !asking) await this.pause(this.backoff(error?.after));
        else if (known.size === size) await this.pause(1000);
      }
    }

    /** While it is not the bot's: the place in the queue, or who has taken over and whether they write. */
    async attend(turn) {
      if (!this.person || this.attends === turn) return;
      this.attends = turn;
      for (let mark = ''; this.person && turn === this.turn;) {
        try {
          const place = await this.call(`/${this.id}/place?wait=12&mark=${mark}`, {});
          if (turn !== this.turn) return;
          mark = place.mark;
          this.person = /queue|agent/.test(place.owner);
          this.view.stands(place);
        } catch (error) {
          if (error.gone) this.person = false;
          await new Promise((resolve) => setTimeout(resolve, 5000));
        }
      }
      if (turn === this.turn) this.attends = 0;
    }

    events(id, turn, asking) {
      const note = (event) => {
        const seq = Number(event?.seq);
        // What the network repeats is told once.
        if (turn !== this.turn || !(seq > 0) || this.known.has(seq)) return;
        this.known.add(seq);
        this.last = Math.max(this.last, seq);
        if (event.client_id) this.amend(event.client_id); // Its 202 may be lost.
        this.view.heard({ ...event, seq });
        if (event.type !== 'owner') return;
        this.person = true;
        this.attend(turn);
      };
      const stream = async (answer, alive) => {
        if (!/^text\/event-stream/.test(answer.headers.get('Content-Type'))) throw refusal(answer.status);
        const feed = eventReader((name, data) => {
          try {
            const fact = JSON.parse(data);
            if (name === 'typing') this.view.typing(fact.role);
            else note(fact);
          } catch (error) {
            console.error('Frontdoor left an event out:', error);
          }
        });
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let part; !(part = await reader.read()).done; ) {
          alive();
          this.silent = false;
          feed(part.value);
        }
      };
      const ask = async (answer) => list((await answer.json()).events).forEach(note);
      const wait = asking ? `&wait=${this.isLost || this.doubt ? 0 : 20}` : '';
      return this.call(`/${id}/events?after=${this.last}${wait}`, { read: asking ? ask : stream, asking });
    }

    /** A request, given up without a sign of life. */
    async call(path, { body, read, asking }) {
      const cut = new AbortController();
      if (read) this.cut = cut;
      let timer;
      const alive = () => {
        clearTimeout(timer);
        // A line that has fallen silent is asked a short question: is anybody there?
        timer = setTimeout(() => cut.abort(), SILENCE * (asking ? (this.doubt ? 0.5 : 2) : 1));
      };
      alive();
      const headers = { Accept: read && !asking ? 'text/event-stream' : 'application/json' };
      if (path) headers.Authorization = `Bearer ${this.memory.read().token}`;
      if (body) headers['Content-Type'] = 'application/json';
      if (read && this.last) headers['Last-Event-ID'] = this.last;
      try {
        const answer = await fetch(`${this.base}/api/v1/conversations${path}`, {
          method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body), signal: cut.signal, cache: 'no-store',
        });
        const { status } = answer;
        if (!answer.ok) {
          const after = answer.headers.get('Retry-After') * 1000 || 0;
          const text = (await answer.json().catch(() => 0))?.message; // A proxy's error page is not JSON.
          throw refusal(status, after, text);
        }
        this.found();
        return await (read ? read(answer, alive) : answer.json());
      } finally {
        clearTimeout(timer);
      }
    }

    /** Longer after each failure, and never in step with other customers. */
    backoff(atLeast = 0) {
      return Math.max(atLeast, Math.min(30_000, 500 * 2 ** this.failures++) * (0.5 + Math.random() / 2));
    }

    pause(ms) {
      return new Promise((resolve) => {
        setTimeout(resolve, ms);
        this.wake = resolve;
      });
    }

    lose() {
      this.isLost = true;
      this.view.lost(true);
    }

    found() {
      if (!this.isLost) return;
      this.isLost = false;
      this.failures = this.polls = this.blind = 0;
      this.view.lost(false);
      this.wake?.();
      this.drain();
    }
  }

  class FrontdoorChat extends HTMLElement {
    static observedAttributes = ['open'];

    connectedCallback() {
      const root = this.shadowRoot || this.attachShadow({ mode: 'open' });
      const locale = this.getAttribute('locale') || this.closest('[lang]')?.lang || navigator.language;
      const code = locale.slice(0, 2).toLowerCase();
      this.code = Object.hasOwn(WORDS, code) ? code : 'en';
      this.words = WORDS[this.code];
      this.base = new URL(this.getAttribute('base') || origin, location.href).href.replace(/\/+$/, '');
      this.rows = [];
      root.adoptedStyleSheets = [sheet];
      root.replaceChildren(this.shell());

      this.line = new Line(this.base, this.code, this);
      const { outbox, seen, id } = this.line.memory.read();
      this.place({ seq: -1, role: 'bot', text: this.words.hello(this.getAttribute('name') || '') });
      for (const letter of outbox) this.write(letter);
      // What was read before a reload is not read aloud again.
      this.replayed = id ? seen : 0;
      this.log.ariaLive = this.replayed ? 'off' : 'polite';

      this.ears = new AbortController();
      const on = (target, type, act) => target.addEventListener(type, act, { signal: this.ears.signal });
      on(window, 'online', () => {
        this.line.found();
        this.line.start();
      });
      on(window, 'offline', () => this.line.lose());
      on(window, 'storage', () => {
        this.line.adopt();
        this.count();
      });
      on(document, 'visibilitychange', () => this.rest());
      try {
        const was = sessionStorage.getItem(this.line.memory.key);
        if (was !== null) this.open = was;
      } catch {
        // No storage: each page starts as written.
      }
      this.reveal();
      this.line.start();
    }

    disconnectedCallback() {
      this.line.stop();
      this.ears.abort();
    }

    attributeChangedCallback() {
      if (!this.line) return;
      this.reveal();
      try {
        sessionStorage.setItem(this.line.memory.key, this.open ? 'open' : '');
      } catch {
        // The same.
      }
    }

    get open() {
      return this.hasAttribute('open');
    }

    set open(on) {
      this.toggleAttribute('open', on);
    }

    /** Opens the chat and moves the focus in. @param {string} [draft] a question to begin with */
    show(draft) {
      this.open = true;
      if (draft) this.field.value = draft;
      this.measure();
      this.field.focus();
    }

    hide() {
      this.open = false;
      this.launcher.focus();
    }

    shell() {
      const { words } = this;
      const name = this.getAttribute('name') || words.title;
      this.log = h('div', { class: 'log', role: 'log', 'aria-label': words.log, tabindex: 0 });
      this.status = h('div', { class: 'typing', role: 'status' });
      this.alarm = h('div', { class: 'lost', role: 'status' });
      this.counter = h('div', { class: 'count', id: 'count' });
      this.waits = h('div', { class: 'place', role: 'status' });
      this.sub = h('p', {}, words.sub);
      this.field = h('textarea', {
        rows: 1, 'aria-label': words.field, 'aria-describedby': 'count', placeholder: words.field, enterkeyhint: 'send',
        input: () => this.measure(), keydown: (event) => this.key(event),
      });
      this.badge = h('span', { class: 'badge', 'aria-hidden': true });
      this.panel = h('section', { class: 'panel', role: 'dialog', 'aria-labelledby': 'title' },
        h('div', { class: 'head' }, h('div', {}, h('h2', { id: 'title' }, name), this.sub),
          button('close', words.close, () => this.hide(), icon('M6 6l12 12M18 6 6 18'))),
        this.log, this.status, this.waits, this.alarm, this.counter,
        h('form', { submit: (event) => this.submit(event) }, this.field,
          h('button', { class: 'send', 'aria-label': words.send }, icon('M4 12h15m-6-6 6 6-6 6'))));
      this.launcher = button('launcher', '', () => (this.open ? this.hide() : this.show()),
        icon('M20 11.5a7.5 7.5 0 0 1-11 6.6L4 20l1.6-4.4A7.5 7.5 0 1 1 20 11.5Z'), this.badge);
      const keydown = (event) => {
        if (event.key === 'Escape' && !event.isComposing && this.open) this.hide();
      };
      return h('div', { class: 'root', lang: this.code, keydown }, this.panel, this.launcher);
    }

    reveal() {
      this.panel.hidden = !this.open;
      this.launcher.ariaExpanded = this.open;
      this.log.scrollTop = this.log.scrollHeight;
      this.measure();
      this.seen();
    }

    /** A hidden tab lets go of its stream: browsers allow six for all tabs together. */
    rest() {
      clearTimeout(this.nap);
      if (document.hidden) this.nap = setTimeout(() => this.line.stop(), 60_000);
      else this.line.start();
      this.seen();
    }

    format(at, options) {
      const tag = navigator.languages.find((each) => each.startsWith(this.code)) || this.code;
      return Date.parse(at) ? new Intl.DateTimeFormat(tag, options).format(Date.parse(at)) : '';
    }

    /** @param {Row} row */
    draw(row) {
      const { words } = this;
      row.day = this.format(row.at, { dateStyle: 'full' });
      row.clock = this.format(row.at, { timeStyle: 'short' });
      const sources = list(row.sources).map(({ title, permalink, url = permalink }) => {
        const href = safeUrl(url, this.base + '/');
        const text = title || permalink || '';
        const tab = h('span', { class: 'sr' }, ` ${words.tab}`);
        return h('li', {}, href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text || href, tab) : text);
      });
      const quick = list(row.buttons).map(({ title, text = title }) =>
        h('button', { type: 'button', click: () => this.send(`${text}`) }, title || text));
      const { number, reply_by: by } = row.ticket || {};
      const reply = this.format(by, { dateStyle: 'full', timeStyle: 'short' });
      row.node = h('div', { class: `row ${row.role}` },
        h('div', { class: 'day' }),
        row.role !== 'system' && h('div', { class: 'who' }, `${row.agent?.display || words[row.role]} ${row.clock}`),
        row.text && h('div', { class: 'bubble' }, row.text),
        sources.length && h('ul', { 'aria-label': words.sources }, ...sources),
        number && h('div', { class: 'ticket' }, h('small', {}, words.ticket), h('b', {}, number),
          reply && h('span', {}, words.reply(reply))),
        quick.length && h('div', { class: 'quick' }, ...quick),
        h('div', { class: 'state' }));
      this.tell(row);
    }

    /** Says how a customer's own message fares: on its way, or refused and why. */
    tell(row) {
      const { words, line } = this;
      const { letter, node } = row;
      const waiting = row.seq === Infinity;
      const { error } = (waiting && letter) || {};
      const state = node.lastChild;
      const act = (name, does) => button(name, words[name], does, words[name]);
      node.classList.toggle('waiting', waiting);
      node.classList.toggle('failed', !!error);
      const late = waiting && Date.now() - Date.parse(row.at) > 500; // A quick line needs no words.
      state.textContent = error ? `${error === '-' ? words.failed : error} ` : late ? words.sending : '';
      if (error) state.append(
        act('retry', () => {
          letter.error = letter.hold = 0;
          this.tell(row);
          line.amend(letter.id, letter);
          line.drain();
          this.field.focus();
        }), ' ',
        act('edit', () => {
          line.amend(letter.id);
          this.rows.splice(this.rows.indexOf(row), 1);
          node.remove();
          this.show(`${letter.text}\n${this.field.value}`.trim());
        }));
    }

    /** Does the customer look at the end of the conversation? */
    near() {
      const { scrollHeight, scrollTop, clientHeight } = this.log;
      return scrollHeight - scrollTop - clientHeight < 80;
    }

    /** Puts a row where its number belongs, unsent ones last. What comes together is measured and tidied once. */
    place(row) {
      if (!this.settling) {
        this.settling = true;
        this.stay = this.near();
        queueMicrotask(() => this.settle());
      }
      const old = this.rows.indexOf(row);
      if (old >= 0) this.rows.splice(old, 1);
      const index = this.rows.filter(({ seq }) => seq <= row.seq).length;
      this.rows.splice(index, 0, row);
      if (!row.node) this.draw(row);
      // Moving a row would read it aloud again.
      if (old !== index) this.log.insertBefore(row.node, this.rows[index + 1]?.node || null);
      // The beginning of a long answer must not be scrolled away.
      if ((this.stay || row.letter) && (row.role === 'customer' || !this.goal || this.goal.role === 'customer')) this.goal = row;
    }

    settle() {
      const { log, goal } = this;
      this.settling = this.goal = null;
      this.arrange();
      if (goal) log.scrollTop = goal.role === 'customer' ? log.scrollHeight : goal.node.offsetTop - 8;
      this.seen();
    }

    arrange() {
      let before = {};
      for (const row of this.rows) {
        row.day ||= before.day || '';
        const day = row.day === before.day ? '' : row.day;
        const { firstChild } = row.node;
        if (firstChild.textContent !== day) firstChild.textContent = day;
        row.node.classList.toggle('same', !day && row.role === before.role && row.clock === before.clock);
        before = row;
      }
    }

    heard(event) {
      const { seq, type, at, client_id: mine } = event;
      const text = `${event.text ?? ''}`;
      const spoken = /^(message|ticket)$/.test(type) && /^(customer|bot|agent)$/.test(event.role);
      const role = spoken ? event.role : 'system';
      if (seq > this.replayed) this.log.ariaLive = 'polite';
      if (!text && !event.ticket && !list(event.buttons).length) return;
      if (role === 'customer') {
        if (this.accepted(mine, seq, text)) return;
        this.expect(TYPING - (Date.now() - Date.parse(at)));
      } else {
        if (role !== 'system') this.speaker = role;
        this.typing();
      }
      this.place({ ...event, text, role });
    }

    /** Finds the own message that now has a number, by id or by its words. */
    accepted(id, seq, text) {
      const row = this.rows.find(({ letter, seq: has }) => letter && (has === seq
        || (has === Infinity && (id ? letter.id === id : letter.text === text))));
      if (row?.seq === Infinity) {
        row.seq = seq;
        this.tell(row);
        this.place(row);
        this.expect(TYPING);
      }
      return row;
    }

    refused(letter) {
      const row = this.rows.find((each) => each.letter?.id === letter.id);
      if (!row) return;
      row.letter = letter;
      this.tell(row);
      this.typing();
      this.log.scrollTop = this.log.scrollHeight;
    }

    /** A person does not type because the customer did. */
    expect(ms) {
      if (this.speaker !== 'agent') this.typing('bot', Math.min(ms, TYPING));
    }

    typing(role, ms = role === 'agent' ? 10_000 : TYPING) {
      clearTimeout(this.dots);
      const text = role && ms > 0 ? this.words.typing((role === 'agent' && this.agent) || this.words[role === 'agent' ? role : 'bot']) : '';
      if (this.status.textContent !== text) this.status.textContent = text;
      if (text) this.dots = setTimeout(() => this.typing(), ms);
    }

    /** @param place as the API has it; empty: nothing is known */
    stands({ owner, place, minutes, agent, typing, can_leave: free }) {
      const { words, line } = this;
      const told = place ? [place > 1 ? words.place(place) : words.next, minutes && words.within(minutes)].filter(Boolean).join(' ') : '';
      const leave = free && button('leave', words.leave, () => line.call(`/${line.id}/place/leave`, { body: {} }).catch(() => {}), words.leave);
      this.waits.replaceChildren(...[told, leave].filter(Boolean));
      this.sub.textContent = agent ? words.joined(agent.display) : words.sub;
      this.agent = agent?.display;
      if (owner === 'agent') this.typing(typing && 'agent', 30_000);
      // Nobody types for whoever waits.
      this.speaker = /queue|agent/.test(owner) ? 'agent' : '';
      if (owner === 'queue') this.typing();
    }

    lost(on) {
      this.alarm.textContent = on ? this.words.lost : '';
    }

    /** Old numbers mean nothing in a new conversation: the rows stay above. */
    gone() {
      for (const row of this.rows) if (row.seq > 0 && row.seq !== Infinity) row.seq = 0;
      this.speaker = '';
      this.place({ seq: 0, role: 'system', text: this.words.gone });
    }

    /** What stands in an open chat on a visible page is seen, in every tab. */
    seen() {
      const { memory, last } = this.line;
      if (this.open && !document.hidden && last > memory.read().seen) memory.change((facts) => { facts.seen = last; });
      this.count();
    }

    count() {
      const { words, open } = this;
      const { seen } = this.line.memory.read();
      const unread = open ? 0 : this.rows.filter(({ seq, role }) => seq > seen && role !== 'customer').length;
      this.badge.hidden = !unread;
      this.badge.textContent = unread;
      this.launcher.ariaLabel = (open ? words.close : words.open) + (unread ? ` (${words.unread} ${unread})` : '');
    }

    key(event) {
      // While Korean or Chinese is composed, Enter chooses a character; Safari tells by keyCode 229 only.
      if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
      if (!(event.shiftKey || event.ctrlKey || event.altKey || event.metaKey)) this.submit(event);
    }

    submit(event) {
      event.preventDefault();
      const text = this.field.value.trim();
      this.field.value = '';
      this.measure();
      this.send(text);
    }

    send(text) {
      this.field.focus();
      if (!text) return;
      this.log.ariaLive = 'polite';
      this.expect(TYPING);
      this.write(this.line.say(text));
    }

    write(letter) {
      const row = { seq: Infinity, role: 'customer', text: letter.text, at: letter.at, letter };
      this.place(row);
      setTimeout(() => this.tell(row), 600);
    }

    /** Fits the field and counts near the limit, in characters, as the server does. */
    measure() {
      const { field, counter, log } = this;
      const near = this.near();
      const used = [...field.value.trim()].length;
      counter.textContent = used < LIMIT * 0.9 ? '' : `${used} / ${LIMIT}`;
      counter.classList.toggle('over', used > LIMIT);
      field.ariaInvalid = used > LIMIT;
      field.style.height = 0;
      field.style.height = `${field.scrollHeight + 2}px`;
      if (near) log.scrollTop = log.scrollHeight;
    }
  }

  if (!customElements.get('frontdoor-chat')) customElements.define('frontdoor-chat', FrontdoorChat);
})();
