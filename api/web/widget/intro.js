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
const LIMIT = 2000; // The server decides; we only count.
const TYPING = 45_000;
const SILENCE = 20_000; // A heartbeat comes every 15 s.
