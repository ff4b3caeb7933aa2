// Signing in: name and password, and how the very first user is made.
import { button, h } from './dom.js';
import { say } from './words.js';

const COMMAND = 'frontdoor user add NAME --role operator';

/** The page before anybody is signed in.
 *  @param why the refusal that led here; @param entered called with what `sign-in` answered */
export const signIn = (api, why, entered, settings) => {
  const told = h('p', { role: 'alert', class: 'told' });
  const name = h('input', { id: 'name', autocomplete: 'username', required: true, autocapitalize: 'none', spellcheck: 'false', maxlength: 200 });
  const password = h('input', { id: 'password', type: 'password', autocomplete: 'current-password', required: true, maxlength: 1000 });
  const enter = h('button', { class: 'main' }, say('signIn'));

  const submit = async (event) => {
    event.preventDefault();
    enter.disabled = true;
    told.textContent = '';
    try {
      entered(await api.post('sign-in', { name: name.value, password: password.value }));
    } catch (refused) {
      told.textContent = refused.message || say('noAnswer');
      password.value = '';
      (refused.code === 'no_users' ? enter : password).focus();
    }
    enter.disabled = false;
  };

  const form = h('form', { submit, 'aria-labelledby': 'sign-in' },
    h('label', { for: 'name' }, say('name')), name,
    h('label', { for: 'password' }, say('password')), password, enter);
  const first = h('div', { class: 'first' }, h('p', {}, say('noUsers')), h('pre', { tabindex: 0 }, h('code', {}, COMMAND)),
    h('p', {}, say('noUsersThen')), button(say('lookAgain'), () => location.reload(), { class: 'main' }));
  const none = why?.code === 'no_users';
  // The first look of a stranger needs no reproach: only somebody who worked here is told that they are signed out.
  if (why && !none) told.textContent = why.message || say('noAnswer');
  return h('main', { class: 'sign-in' }, h('h1', { id: 'sign-in' }, say('title')), told, none ? first : form, settings);
};
