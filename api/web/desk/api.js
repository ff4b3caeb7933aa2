// The desk's API: one request at a time, and what a refusal says.
import { language } from './words.js';

const ROOT = '/api/v1/desk/';
const PATIENCE = 20_000;

/** The server said no. `code` and `message` are its words; status 0: there was no answer at all. */
export class Refused extends Error {
  constructor(status, told) {
    super(told.message || '');
    Object.assign(this, { status, code: told.code || '', told });
  }

  /** It changed hands: what is on the screen is no longer so. */
  get outdated() {
    return this.status === 409 && this.code !== 'full';
  }
}

export class Api {
  /** @param {(refused: Refused) => void} signedOut called when the session has ended */
  constructor(signedOut) {
    this.signedOut = signedOut;
    this.csrf = '';
  }

  get(path) {
    return this.call(path);
  }

  post(path, body = {}) {
    return this.call(path, body);
  }

  async call(path, body, again = true) {
    const answer = await this.fetch(path, body);
    if (answer.ok) return answer.status === 204 ? null : answer.json().catch(() => this.none());
    const refused = new Refused(answer.status, await answer.json().catch(() => ({})));
    // Signed in anew in another tab: the cookie is that one's already, the token not yet.
    if (refused.code === 'csrf' && again) {
      this.csrf = (await this.get('me')).csrf;
      return this.call(path, body, false);
    }
    if (refused.status === 401 && path !== 'sign-in') this.signedOut(refused);
    throw refused;
  }

  async fetch(path, body) {
    const headers = { Accept: 'application/json', 'Accept-Language': language };
    if (body) Object.assign(headers, { 'Content-Type': 'application/json', 'X-Frontdoor-CSRF': this.csrf });
    const options = { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body), cache: 'no-store' };
    try {
      return await fetch(ROOT + path, { ...options, credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      return this.none();
    }
  }

  none() {
    throw new Refused(0, {});
  }
}

/** The path of a conversation's request. */
export const of = (id, what = '') => `conversations/${encodeURIComponent(id)}${what && `/${what}`}`;
