# What the operator's page says in English.

## The page
title = Operator
updated = As of { $time }, { $zone }
pause = Stop refreshing
resume = Go on refreshing
connection-lost = No answer from the product. The figures below are from { $time }; the page keeps trying.
languages = Language of this page
lang-en = English
lang-zh = 中文
lang-ko = 한국어
what-it-counts = What it counts
as-table = As a table

## What needs a look
look = Needs a look
look-nothing = Nothing. Everything is running, and nothing went wrong today.
look-database = The database does not answer, so there are no figures. Check that it is running and reachable; customers' messages are refused until it is back.
look-redis = Redis does not answer. Rate limits are counted by each process for itself until it is back.
look-bot = { $name } is not ready: { $reason }. Customers are served by simple rules meanwhile. Its log is log/bot.log in the data folder, or its container's own.
look-no-bot = There is no bot process. Customers are served by simple rules.
look-refused = Model { $model } could not be started; the one before it goes on serving. See log/bot.log in the data folder, then train again.
look-articles = { $count ->
    [one] One article file cannot be used
   *[other] { $count } article files cannot be used
 }; the list is under Articles.
look-no-articles = There is no article, so no question can be answered. Bring yours in with frontdoor kb import.
look-overdue = { $count ->
    [one] One reply is overdue
   *[other] { $count } replies are overdue
 }. See frontdoor tickets list.
look-waiting = { $count ->
    [one] One message has waited
   *[other] { $count } messages wait, the first one
 } for { $time }. See the list of errors.
look-errors = { $count ->
    [one] One error today
   *[other] { $count } errors today
 }; the latest are listed under Errors.

## Today
today = Today
conversations = Conversations
conversations-means = Conversations opened since midnight on the team's clock, answered or not.
answered = Answered
answered-means = Share of the questions looked up to which the bot gave a passage of an article. It was given, which does not mean that it solved the matter.
suggested = Suggested
suggested-means = Share of the questions looked up for which the bot was not sure and named articles.
unanswered = Unanswered
unanswered-means = Share of the questions looked up for which the bot found nothing and said so: unanswered / (answered + suggested + unanswered).
of-questions = { $count } of { $all }
tickets = Tickets opened
tickets-means = Tickets opened since midnight. Open now: tickets that nobody has closed. Overdue: replies promised for a time that has passed.
tickets-now = { $open } open now, { $overdue } overdue
handoffs = Asked for a person
handoffs-means = Messages in which a customer asked for a person.
errors = Errors
errors-means = Turns answered without the bot's process, turns that failed altogether, order look-ups while the order system was away, and messages to an app that will never be delivered.
errors-now = { $without } without the bot, { $failed } failed, { $orders } without the order system, { $undelivered } undelivered
wait = Wait, middle
wait-means = From a customer's message stored until its answer is stored. Half of the turns were faster than the middle; 95 of 100 were faster than the other figure.
wait-95 = 95 of 100 within { $time }
wait-50-short = Wait, middle
wait-95-short = Wait, 95 of 100
turns = Turns
turns-means = Customers' messages the bot took a turn at. Small talk and the steps of the ticket form are turns, too.
said-now = { $helped } said it helped, { $rejected } said it did not

## Charts
chart-turns = Turns by hour, last 24 hours
chart-waits = Wait by hour, last 24 hours
chart-days = Conversations and tickets by day, last 14 days
chart-shares = Unanswered share by day, last 14 days
hour = Hour
day = Day
other-turns = Other turns

## Tables
by-language = Today by language
by-channel = Today by channel
language = Language
channel = Channel
language-en = English
language-zh = Chinese
language-ko = Korean
language-other = Other
all = All
channel-web = Website
channel-other = Unknown

## What is running
running = What is running
part = Part
state = State
version-of = Version
memory = Memory
process = Process
restarts = Restarts
api = API
bot-number = Bot { $number }
ready = ready
not-ready = not ready: { $reason }
away = does not answer
redis-off = not used
elsewhere = on another machine
database = Database
encoder = Encoder
index = Index
model = Model
model-starting = { $model } is being started
watchers = { $count ->
    [one] one open chat
   *[other] { $count } open chats
 }
up-for = Running for

## Articles
articles = Articles
article-count = Count
internal-articles = Internal, never shown
last-changed = Last changed
article-errors = Files that cannot be used
no-article-errors = Every file can be used.

## Errors
last-errors = Last errors
time = Time
reason = What happened
do = What to do
no-errors = None in the last 14 days.
trouble-slow = The bot did not answer in time ({ $detail }).
trouble-slow-do = If it happens often, the machine is too busy or FRONTDOOR_BOT_TIMEOUT is too short.
trouble-away = No bot process was ready.
trouble-away-do = It is started again by itself. If it keeps ending, read log/bot.log in the data folder, or its container's log.
trouble-refused = The bot answered with an error ({ $detail }).
trouble-refused-do = Read log/bot.log in the data folder, or the bot's container's log, for that time.
trouble-wrong = The bot's answer could not be read.
trouble-wrong-do = Check that the bot's process is of the same version as the product.
trouble-silent = The bot answered without a word.
trouble-silent-do = A rule or a sentence is missing in bot/. The message's intent is in the turn's trace.
trouble-action = An action failed: { $detail }.
trouble-action-do = The product's log has the traceback under action.failed.
trouble-engine = Talking to the bot failed ({ $detail }).
trouble-engine-do = The product's log has the traceback under engine.down.
trouble-failed = A turn failed four times, and the customer was told so ({ $detail }).
trouble-failed-do = The product's log has the traceback under turn.failed.
trouble-orders = The order system did not answer.
trouble-orders-do = Check FRONTDOOR_ORDERS_URL and that system; the product's log has the reason under orders.away.
trouble-undelivered = A message to an app will not be delivered.
trouble-undelivered-do = The cause is listed under Not delivered, with a button that sends it after all.

## Not delivered
undelivered = Not delivered
nothing-undelivered = Nothing. Every word to a messaging app has arrived or is on its way.
given-up = Given up
said-by = Said by
said-at = Said
tries = Tries
cause = Cause
role-bot = Bot
role-agent = Agent
role-system = System
send-again = Send again
send-all-again = Send all again
sent-again = { $count ->
    [0] Somebody else had it sent again already.
    [one] One message is being sent again. If it fails once more, it comes back to this list.
   *[other] { $count } messages are being sent again. What fails once more comes back to this list.
 }
not-meant = This did not come from the operator's page. Open the page and press the button there.
no-letter = There is no such message.

## The key
key-title = The operator's key
key-wanted = This wants the operator's key. It is in operator.key in the data folder, or it is what FRONTDOOR_OPERATOR_KEY was set to.
key-label = Key
key-open = Open
key-wrong = That was not the key.
