import { byId, setText } from './dom.js';
import { question } from './api.js';

/** Lets the page ask for the admin key. */
export function setUpKey() {
  const dialog = byId('key-dialog');
  const input = byId('key-input');

  // Without the key there is nothing to see: closing the question would leave an empty page.
  dialog.addEventListener('cancel', event => event.preventDefault());
  question.ask = wasWrong => new Promise(resolve => {
    setText(byId('key-error'), wasWrong ? 'The gateway does not accept this key.' : '');
    input.value = '';
    if (!dialog.open) {
      dialog.showModal();
    }

    byId('key-form').addEventListener('submit', event => {
      event.preventDefault();
      dialog.close();
      resolve(input.value.trim());
    }, { once: true });
  });
}
