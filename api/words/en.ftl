# What the bot says in English. Facts about the company are never here: they are said from articles.

## Answers
answer-helped = That helped
answer-not-it = That's not it
ack-damaged_item = I'm sorry it isn't as it should be.
ack-wrong_item = I'm sorry you didn't get what you ordered.
ack-delivery_late = I'm sorry you're still waiting.
ack-payment_failed = That's annoying, let's sort it out.
ack-complaint = I'm sorry this has been such a trouble for you.
another-answer = Then perhaps this:
suggest = I'm not certain, but one of these may be it:
suggest-off-topic = I'm not sure this is something I can help with. If it's about { $shop }, perhaps one of these:
suggest-none = None of these
which-one = Which one fits? Tap it, or tell me more.
unknown = I don't have an answer to that in our help articles, and I don't want to guess.
unknown-off-topic-again = I can't help with that one either. Ask me anything about { $shop }, or ask for a person.
unknown-off-topic = That's outside what I know. I can help with questions about { $shop }.
no-other-answer = I've told you what our articles say about this, and I don't want to repeat myself.
nothing-new = All I find is what I've shown you already, and I don't want to go round in circles.
still-nothing-new = I still have nothing new on this, and I won't repeat what didn't help.
understood = On “{ $what }”:
understood-again = As said above, on “{ $what }”:
helped-ask = Did that help?
ask-back = I'd like to get this right. Which of these is it about?
ask-back-subject = “{ $subject }” can mean several things here. Which one do you need?
ask-back-section = On “{ $title }”: which part do you need?
ask-back-again = Sorry, I haven't got it yet. Is it one of these?
ask-back-sorry = Sorry, then I haven't understood it yet.
ask-back-more = Could you tell me in a sentence what you were trying to do, and what happened?
ask-back-none = Something else
several-suggest = On “{ $part }” I'm not certain. Perhaps one of these:
several-unknown = On “{ $part }” I have nothing in our help articles, and I don't want to guess.
several-helped = Did that answer your questions?
several-which = I'm sorry. Which of them isn't answered yet?
glad-it-helped = Glad to hear it. If it comes back, just carry on here.
not-helped = I'm sorry, that wasn't it.
other-language = I found an article on this only in { $language }: “{ $title }”. Shall I show it?
language-en = English
language-zh = Chinese
language-ko = Korean
languages-spoken = I can talk to you in English, Chinese and Korean.
yes = Yes
no = No
all-right = All right. What else can I do for you?
welcome = You're welcome!
anything-else = Is there anything else I can help with?
offer-stands = My offer still stands: shall I pass this to a colleague?
cannot-do = I'm an automatic assistant and can't do that for you from this chat.
tell-more = Then please tell me in a sentence what happened.
article-gone = That article is no longer there. What would you like to know?

## Orders
order-ask-contact = And which e-mail address or phone number was it ordered with? I may only tell the person who ordered.
order-needs-contact = That's fine. I just can't tell you about the order without it; that way nobody else can ask about yours.
order-no-number = No problem. I just can't look the order up without its number.
order-not-told = I can't find an order that goes with that number and that contact. Please check both: the number is in your order e-mail, and the contact is the e-mail address or phone number it was ordered with.
order-away = I can't reach our order system right now, so I don't know how your order is doing and I won't guess. I've noted { $number }.
order-but-perhaps = This may help all the same:
order-still-number = I can't look it up without the order number. It looks like { $example } and is in your order e-mail.
order-still-contact = I still need the e-mail address or phone number it was ordered with. Without it I can't tell you anything about the order.
order-still-expected = There is nothing newer: it is still expected by { $day }.
order-still = There is nothing newer on order { $number } than what I've just told you.
order-no-news = I have no more on order { $number } than what I've told you, and I won't go round in circles.
order-try-again = Try again
order-track = Track order { $number }
order-placed = We have your order { $number } of { $placed }, and it hasn't been packed yet.
order-packing = Your order { $number } of { $placed } is being packed.
order-shipped = Your order { $number } of { $placed } is on its way.
order-out_for_delivery = Your order { $number } of { $placed } is out for delivery.
order-ready_for_pickup = Your order { $number } of { $placed } is ready for you to pick up.
order-delivered = Your order { $number } of { $placed } is marked as delivered.
order-returned = Your order { $number } of { $placed } has come back to us.
order-cancelled = Your order { $number } of { $placed } was cancelled.
order-left = It left us on { $day }.
order-left-with = It left us on { $day } with { $carrier }.
order-carrier = The carrier is { $carrier }.
order-arrived = The day of delivery was { $day }.
order-expected = It is expected by { $day }.
order-overdue = It was expected by { $day }, so it is late.

## The way to a person
offer-ticket-open = I can pass this to a colleague. If you leave it with us now, you'll have a reply by { $reply_by }.
offer-ticket-closed = I can pass this to a colleague. We're closed right now and open { $opens }; if you leave it with us, you'll have a reply by { $reply_by }.
offer-ticket-unknown = I can pass this to a colleague as a ticket. I can't name a time for the reply.
open-ticket-button = Leave it with a colleague
ask-person-button = Talk to a person
complaint = I'm sorry. That is not how it should be, and I'd like somebody to look at it properly.
suggestion = Thank you for the idea.
offer-suggestion = Shall I pass it on to the team as a ticket?
fetch-asked = Of course.
fetch-feeling = I can hear how frustrating this is, and I'm sorry.
fetch-circles = I keep missing what you need, and I'm sorry about that.
fetch-safety = Your safety comes first: please stop using it, and if anybody is hurt or in danger, call your local emergency number now.
person-coming = A colleague is taking over here in the chat. They can see everything you wrote, so you don't need to repeat it.
person-queue = My colleagues are all busy with other customers, so you're in their queue now. They will see everything you wrote, so you don't need to repeat it.
queue-next = You're next.
queue-place = You're number { $place } in the queue.
queue-minutes = It should take no longer than { $minutes } minutes.
queue-or-ticket = If you'd rather not wait, write “ticket” and I'll turn this into one.
queue-leave = Rather leave a ticket
offer-person = If you'd rather talk to a person, just say so.
felt = I'm sorry about the trouble. Let me see what I can do.
person-open = Our team is here until { $closes }. I'll put you in their queue; so that you don't have to tell it twice, let me check a few things first.
person-closed = Nobody is here at the moment; we open { $opens }. I'll make sure a colleague gets this. Let me just check a few things.
person-unknown = I'll make sure a colleague gets this. Let me just check a few things.
person-noted = A colleague will take it from here; I only need this to pass it on.

## The ticket form
ask-question = What is it about? Tell me in your own words.
ask-question-again = Could you say in a sentence what went wrong or what you need?
ask-name = What name should we use?
ask-name-again = I didn't catch a name there. What should we call you?
ask-contact = Where can we reach you? An e-mail address or a phone number, whichever you like.
ask-contact-again = That doesn't look complete. Could you check the e-mail address or phone number?
ask-order_number = What's the order number? It looks like { $example } and is in your order e-mail.
ask-order_number-again = That doesn't look like one of our order numbers ({ $example }). Could you check?
ask-order_number-or-none = I only need the order number for that, such as { $example }. If you don't have it, just say so.
ask-email_typo = Did you mean { $email }?
ask-correction = What should I change?
skip = I'd rather not say
no-order-number = I don't have it
restate = Let me check I have it right: “{ $question }”. { $who }
restate-who = { $name }, { $contact }.
restate-no-contact = { $name }, and no way to reach you, so you'd have to come back here for the reply.
restate-order = Order { $order }.
restate-no-name = Reply to { $contact }, no name given.
restate-nobody = You gave no name and no address, so please come back here for the reply.
restate-no-question = Let me check I have it right: you'd like to talk to a person. { $who }
restate-ask = Shall I send it like this?
confirm-yes = Yes, send it
confirm-no = Change something
took-correction = Thanks, I've changed that.
no-form = It's only so that a colleague can get back to you, and you may leave out what you don't want to say.
change-any-time = Of course. Just write it as it should be, for example “my e-mail is …”.
confirm-unclear = I'm not sure I understood that. A yes sends it; or tell me what to change.
abandoned = All right, I won't open a ticket. Just ask when you need something.
added = Thanks, I've added that.
suggest-in-passing = I'm not certain, but this may answer it. Now back to the ticket:
unknown-in-passing = I don't know that one; it's in the ticket's transcript for my colleague.
noted = Thanks, I've noted { $details }. What can I help you with?
noted-for-it = Thanks, I've noted { $details }.
noted-nothing = Thanks. What can I help you with?
no-details-needed = That's fine, you don't have to. What can I help you with?

## The ticket
ticket-opened = Done: your ticket is { $number }.
ticket-person = A colleague will pick it up from the queue.
ticket-reply-contact = You'll have a reply by { $reply_by } at { $contact }.
ticket-reply-here = You'll have a reply by { $reply_by }. You gave no address, so please come back to this chat for it.
ticket-no-time-contact = I can't name a time; the reply goes to { $contact }.
ticket-no-time-here = I can't name a time. You gave no address, so please come back to this chat for the reply.
ticket-subject-person = Wants to talk to a person

## When something of ours does not work
trouble = Something on our side isn't working right now, so I may be slow to understand. I can still look things up and take your details for a colleague.

## Messaging apps
channel-greeting = Hello! I'm { $shop }'s automatic assistant, not a person. Tell me what you need and I'll look it up. You can ask for a person at any time.
channel-disclosure = You've reached { $shop }'s automatic assistant, not a person. You can ask for a person at any time.
channel-text-only = I can only read text so far. Could you tell me in a sentence or two what you need?
channel-late-press = That button belongs to an earlier message. Just write to me what you'd like.
channel-source = From the article “{ $title }”
channel-got-photo = [Photo]
channel-got-voice = [Voice message]
channel-got-video = [Video]
channel-got-sticker = [Sticker]
channel-got-file = [File]
channel-got-place = [Location]
channel-got-contact = [Contact]
channel-got-something = [Something that isn't text]

## When a person takes over
desk-claimed = { $agent } is with you now and has everything you wrote, so you don't need to repeat it.
desk-passed = { $agent } takes over from here and has everything you wrote.
desk-to-queue = { $agent } is passing you on to a colleague. You're in their queue, and nothing you wrote is lost.
desk-to-bot = { $agent } has handed you back to our automatic assistant. You can ask for a person again at any time.
desk-closed = { $agent } has ended this chat. If anything comes up, just write here.
desk-closed-ticket = { $agent } has ended this chat. Your ticket { $number } stays open, and you'll hear from us.
desk-away = The connection to { $agent } was lost, and I'm sorry about that. You're back in the queue, and a colleague will take over where you left off.
desk-away-note = { $agent } was no longer connected, so the conversation went back to the queue by itself.
desk-waited = Nobody has become free, and I don't want to keep you waiting. I'll turn this into a ticket, so that you get your reply without sitting here.
desk-left = All right, you don't have to wait here. I'll turn this into a ticket.

## Errors the widget shows
error-too-long = That message is too long: up to { $limit } characters fit. Please shorten it or send it in parts.
error-too-large = That is more than we can take at once. Please send it in smaller parts.
error-too-slow = That took too long to arrive. Please check your connection and send it again.
error-too-fast = That was a lot at once. Please wait { $seconds } seconds and try again.
error-not-found = This conversation isn't here any more. Please start a new one.
error-empty = There's no text in that message.
error-invalid = Something in that request wasn't right.
error-unavailable = We can't take messages right now. Please try again in a moment.

## Errors the desk shows
error-desk-signed-out = You are signed out. Please sign in again.
error-desk-wrong-sign-in = That name and password don't belong together.
error-desk-no-users = Nobody can sign in yet. Add the first user on the machine: frontdoor user add NAME --role operator
error-desk-locked-out = Too many wrong passwords. Wait { $minutes } minutes, or have the operator run: frontdoor user password NAME
error-desk-not-allowed = Your role doesn't allow that.
error-desk-csrf = That request didn't come from this page. Please reload it.
error-desk-not-found = That isn't there any more.
error-desk-already-claimed = { $agent } has it already.
error-desk-stale = It changed hands meanwhile. Look at it again first.
error-desk-not-yours = You don't have this conversation.
error-desk-not-possible = That can't be done with the conversation as it is now.
error-desk-full = { $agent } isn't at the desk or has no room.
error-desk-variable = { $name } is not a variable. Possible are: name, agent, order, ticket, each in braces.
error-why-no-message = There is no message { $seq } in this conversation.
error-why-not-of-the-bot = The bot did not answer message { $seq }: a person did, or nobody has yet.
