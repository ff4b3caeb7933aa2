// The words of "why" in English.
export default {
  title: 'Why the bot said this', turn: (number, when) => `Answer ${number} of the bot, ${when}`,
  failed: 'This answer failed every time it was tried, so the bot only said that it was sorry. The log says what went wrong.',
  parts: { decided: 'What decided', meant: 'What the customer wanted', nearest: 'Nearest examples the bot was taught', articles: 'Articles looked at', person: 'Does it need a person?', versions: 'Versions' },
  how: {
    read: 'The message was read, and its meaning decided.', rejected: 'The message is unlike anything the bot was taught.', button: 'The customer pressed a button:',
    reply: 'The message answers what the bot had asked about the order.', form: 'The customer was filling in the ticket form.', fetched: 'A person was called in:',
    plain: 'The bot’s language part did not work, so simple rules decided.',
  },
  awaiting: {
    helped: 'The bot had asked whether its answer helped.', choice: 'The bot had named articles to choose from.', ticket_offer: 'The bot had offered a ticket.',
    language_offer: 'The bot had offered an article in another language.', order_number: 'The bot had asked for the order number.', order_contact: 'The bot had asked for the contact of the order.',
  },
  rule: 'Rule', actions: 'Done', engineDown: 'What went wrong', order: 'Order', handover: 'Handed over',
  does: {
    action_answer: 'look it up', action_open_article: 'open the chosen article', action_show_offered: 'show the offered article', action_which_one: 'ask which one', action_that_helped: 'note that it helped',
    action_did_not_help: 'find another answer', action_find_order: 'look up the order', action_without_order: 'go on without the order', action_complaint: 'take the complaint', action_suggestion: 'take the suggestion',
    action_request_person: 'call a person', action_note_details: 'note the details', action_decline_offer: 'drop the offer', action_open_ticket: 'open the ticket', ticket_form: 'ticket form', validate_ticket_form: 'read the reply for the form',
  },
  orders: { told: 'status told', not_told: 'nothing told', order_system_away: 'order system did not answer', goes_on_with_an_article: 'goes on with what an article had told', a_general_question: 'a general question, left to the articles', no_orders_to_look_up: 'no orders are set up' },
  known: (what) => `It was known and not guessed: ${what}.`, read: (what, share) => `Read as ${what}, ${share} likely.`,
  second: (what, share, margin) => `Next comes ${what} with ${share}, ${margin} behind.`,
  ours: (share, line) => `It is a matter for us: ${share} (from ${line} on).`, strange: (share, line) => `It is no matter for us: ${share}, and ${line} are needed.`,
  asked: 'Looked up:', told: '(told to the customer)', outcomes: { answer: 'It was answered.', suggest: 'Articles were suggested.', none: 'No answer was found.' },
  sure: (share, answer, suggest) => `Sure to ${share}; it answers from ${answer} and suggests from ${suggest} on.`,
  weight: 'Weight', sum: 'The total of an article is the sum of its scores, each times its weight.',
  columns: {
    example: 'Example', standsFor: 'Meaning', similarity: 'Similarity', probability: 'Probability', article: 'Article', total: 'Total', sign: 'Sign', weight: 'Weight', quote: 'Words',
    sentence: 'Best sentence', sentences: 'Best three sentences', passage: 'Passage', name: 'Title and headings', asked: 'Like its questions', late: 'Word by word', weakest: 'Weakest words',
    words: 'Same words', name_words: 'Words in the title', chars: 'Same letters', name_chars: 'Letters in the title',
  },
  decisions: { go_on: 'The bot goes on.', acknowledge: 'The bot names the feeling.', offer: 'The bot offers a person.', hand_over: 'A person is needed.' },
  likely: (share) => `Likely to ${share}.`, lines: (feeling, offer, over) => `From ${feeling} on a feeling that shows is named, from ${offer} a person is offered, from ${over} one is called.`, strongest: (sign) => `Strongest sign: ${sign}.`,
  model: 'Bot model', index: 'Articles', unchanged: 'Nothing of it has changed since.', changed: (what) => `Changed since: ${what}.`,
  changes: { model: 'bot model', index: 'articles', hours: 'hours', wording: 'wording', search: 'search weights', detection: 'detection' },
  cut: 'Much was said, so not everything was kept with this answer.', replay: 'To have the bot think about it again, on the machine where Frontdoor runs:',
};
