# 机器人用中文说的话。关于公司的事实不写在这里，只从文章里说。

## 回答
answer-helped = 解决了
answer-not-it = 不是这个问题
ack-damaged_item = 东西出了问题，很抱歉。
ack-wrong_item = 收到的和您订的不一样，很抱歉。
ack-delivery_late = 让您久等了，很抱歉。
ack-payment_failed = 付款不顺利确实烦人，我们一起看看。
ack-complaint = 给您添了这么多麻烦，非常抱歉。
another-answer = 那可能是这个：
suggest = 我不太确定，您看是不是其中一个：
suggest-off-topic = 我不确定这个能不能帮上忙。如果是和 { $shop } 有关，您看是不是其中一个：
suggest-none = 都不是
which-one = 是哪一个呢？点一下就行，或者再多说一点。
unknown = 帮助文章里没有这个问题的答案，我不想乱猜。
unknown-off-topic-again = 这个我也帮不上。{ $shop } 的事随时问我，也可以转人工。
unknown-off-topic = 这个超出我了解的范围了。{ $shop } 的相关问题我可以帮您查。
no-other-answer = 文章里关于这件事的内容我已经说过了，就不再重复了。
nothing-new = 我能找到的都已经给您看过了，不想让您再兜圈子。
still-nothing-new = 这个问题我还是没有新的内容，没用的话就不再重复了。
understood = 关于“{ $what }”：
understood-again = 就是上面说的“{ $what }”：
helped-ask = 这样解决了吗？
ask-back = 我来帮您看。您遇到的是下面哪一种情况？
ask-back-subject = “{ $subject }”这里有好几种情况，您想了解哪一个？
ask-back-section = 关于“{ $title }”，您想了解哪一部分？
ask-back-again = 抱歉，我还没弄明白。是下面其中一个吗？
ask-back-sorry = 抱歉，看来我还没理解您的意思。
ask-back-more = 能用一句话说说您当时想做什么、结果怎么样吗？
ask-back-none = 都不是，是别的问题
several-suggest = “{ $part }”这一点我不太确定，您看是不是其中一个：
several-unknown = “{ $part }”这一点帮助文章里没有答案，我不想乱猜。
several-helped = 您的几个问题都解决了吗？
several-which = 抱歉。是哪一个还没解决？
glad-it-helped = 太好了。要是又出现问题，直接在这里继续说就行。
not-helped = 抱歉，没帮上忙。
other-language = 关于这个问题，我只找到一篇{ $language }文章：《{ $title }》。要给您看吗？
language-en = 英文
language-zh = 中文
language-ko = 韩文
languages-spoken = 我能用中文、英文和韩文与您交流。
yes = 好的
no = 不用
all-right = 好的。还有什么可以帮您？
welcome = 不客气！
anything-else = 还有别的需要帮忙吗？
offer-stands = 刚才说的还算数：要我转给同事处理吗？
cannot-do = 我是自动客服，没法在聊天里直接替您操作。
tell-more = 那请用一句话说说发生了什么。
article-gone = 这篇文章已经不在了。您想了解什么？

## 订单
order-ask-contact = 请问下单时用的是哪个邮箱或手机号？订单情况只能告诉下单人本人。
order-needs-contact = 没关系。不过没有下单时的联系方式，我没法告诉您订单情况，这也是为了不让别人查到您的订单。
order-no-number = 没关系，只是没有订单号我查不到您的订单。
order-not-told = 没有查到与这个订单号和联系方式相符的订单。请都再核对一下：订单号在订单邮件里，联系方式是下单时用的邮箱或手机号。
order-away = 现在连不上我们的订单系统，所以不清楚您的订单情况，我也不想乱猜。订单号 { $number } 已经记下了。
order-but-perhaps = 不过下面的内容也许能帮到您：
order-still-number = 没有订单号就查不了。格式像 { $example }，在订单邮件里能找到。
order-still-contact = 还需要下单时用的邮箱或手机号，没有的话我没法告诉您订单情况。
order-still-expected = 暂时没有新的进展，预计还是{ $day }前送到。
order-still = 订单 { $number } 暂时没有新的进展，和刚才告诉您的一样。
order-no-news = 订单 { $number } 我能查到的都已经告诉您了，不想让您再兜圈子。
order-try-again = 再试一次
order-track = 查看订单 { $number } 的物流
order-placed = 您{ $placed }下的订单 { $number } 我们已经收到，还没有打包。
order-packing = 您{ $placed }下的订单 { $number } 正在打包。
order-shipped = 您{ $placed }下的订单 { $number } 正在运送途中。
order-out_for_delivery = 您{ $placed }下的订单 { $number } 正在派送。
order-ready_for_pickup = 您{ $placed }下的订单 { $number } 已经可以取件了。
order-delivered = 您{ $placed }下的订单 { $number } 显示已送达。
order-returned = 您{ $placed }下的订单 { $number } 已经退回到我们这里。
order-cancelled = 您{ $placed }下的订单 { $number } 已经取消。
order-left = 已于{ $day }发出。
order-left-with = 已于{ $day }发出，由 { $carrier } 承运。
order-carrier = 由 { $carrier } 承运。
order-arrived = 送达日期是{ $day }。
order-expected = 预计{ $day }前送到。
order-overdue = 原本预计{ $day }前送到，现在已经延误了。

## 转给人工
offer-ticket-open = 我可以转给同事处理。现在留言的话，{ $reply_by }前会回复您。
offer-ticket-closed = 我可以转给同事处理。现在是下班时间，{ $opens } 上班；现在留言的话，{ $reply_by }前会回复您。
offer-ticket-unknown = 我可以建一个工单转给同事，但没法给您一个确切的回复时间。
open-ticket-button = 留言给同事
ask-person-button = 转人工
complaint = 非常抱歉，事情不该是这样的。我想请同事好好看一下。
suggestion = 谢谢您的建议。
offer-suggestion = 要我建个工单转给团队吗？
fetch-asked = 好的。
fetch-feeling = 让您这么不愉快，真的很抱歉。
fetch-circles = 我一直没弄明白您要的是什么，很抱歉。
fetch-safety = 您的安全最重要：请先停止使用；如果有人受伤或有危险，请马上拨打当地的急救或报警电话。
person-coming = 同事会在这个对话里接着帮您处理，您写的内容都看得到，不用再说一遍。
person-queue = 同事们正在接待其他顾客，已经帮您排上队了。您写的内容他们都看得到，不用再说一遍。
queue-next = 下一位就是您。
queue-place = 您排在第 { $place } 位。
queue-minutes = 预计 { $minutes } 分钟内接通。
queue-or-ticket = 不想等的话，回复“工单”，我就改成工单，之后会有同事回复您。
queue-leave = 改为留工单
offer-person = 如果您想找人工，随时说一声就行。
felt = 给您添麻烦了，很抱歉。我来看看怎么解决。
person-open = 同事现在在线，到{ $closes }下班。我帮您排进他们的队列；为了不让您再说一遍，先跟您确认几件事。
person-closed = 现在没有同事在线，{ $opens }上班。我会确保同事收到，需要先跟您确认几件事。
person-unknown = 我会确保同事收到，需要先跟您确认几件事。
person-noted = 接下来会由同事处理，我只需要问清这一点好转过去。

## 工单表单
ask-question = 是什么问题呢？请用自己的话说说。
ask-question-again = 能用一句话说说出了什么问题、需要什么吗？
ask-name = 怎么称呼您？
ask-name-again = 没看出您的名字，请问怎么称呼您？
ask-contact = 怎么联系您比较方便？邮箱或者手机号都可以。
ask-contact-again = 好像不太完整，能再看一下邮箱或手机号吗？
ask-order_number = 订单号是多少？格式像 { $example }，在订单邮件里能找到。
ask-order_number-again = 这个不像我们的订单号（{ $example }），能再核对一下吗？
ask-order_number-or-none = 这里只需要订单号，比如 { $example }。没有的话直接说没有就行。
ask-email_typo = 您是想写 { $email } 吗？
ask-correction = 需要改哪里？
skip = 不想提供
no-order-number = 没有订单号
restate = 跟您核对一下：“{ $question }”。{ $who }
restate-who = { $name }，{ $contact }。
restate-no-contact = { $name }，没有留联系方式，所以需要您回到这里看回复。
restate-order = 订单号 { $order }。
restate-no-name = 回复到 { $contact }，没有留名字。
restate-nobody = 没有留名字和联系方式，所以需要您回到这里看回复。
restate-no-question = 跟您核对一下：您想找人工。{ $who }
restate-ask = 这样提交可以吗？
confirm-yes = 可以，提交吧
confirm-no = 要改一下
took-correction = 好的，已经改了。
no-form = 只是为了让同事能联系到您，不想说的可以不说。
change-any-time = 可以，直接把正确的写给我就行，比如“我的邮箱是……”。
confirm-unclear = 我没太明白。回复“可以”就提交，要改的话告诉我改哪里。
abandoned = 好的，那就不建工单了。需要的时候随时说。
added = 好的，已经补充上了。
suggest-in-passing = 我不太确定，这里可能有答案。我们接着填工单：
unknown-in-passing = 这个我不清楚，不过同事会在工单记录里看到。
noted = 谢谢，记下了：{ $details }。您需要什么帮助？
noted-for-it = 谢谢，记下了：{ $details }。
noted-nothing = 谢谢。您需要什么帮助？
no-details-needed = 没关系，不用提供。您想了解什么？

## 工单
ticket-opened = 好了，您的工单号是 { $number }。
ticket-person = 同事会从队列里接手。
ticket-reply-contact = { $reply_by }前会通过 { $contact } 回复您。
ticket-reply-here = { $reply_by }前会有回复。您没有留联系方式，请回到这个对话里查看。
ticket-no-time-contact = 没法给您确切的时间；回复会发到 { $contact }。
ticket-no-time-here = 没法给您确切的时间。您没有留联系方式，请回到这个对话里查看回复。
ticket-subject-person = 要求人工客服

## 我们自己出问题时
trouble = 我们这边有个地方暂时不正常，我可能反应不太灵。不过仍然可以帮您查文章，或者记下信息转给同事。

## 即时通讯应用
channel-greeting = 您好！我是 { $shop } 的自动客服，不是真人。请告诉我遇到了什么问题，我来帮您查；需要人工的话，随时说一声。
channel-disclosure = 您好，这里是 { $shop } 的自动客服，不是真人；需要人工的话，随时说一声。
channel-text-only = 我目前只能看懂文字，麻烦您用一两句话说说遇到的问题。
channel-late-press = 这个按钮是之前消息里的，请直接打字告诉我。
channel-source = 出自文章《{ $title }》
channel-got-photo = [图片]
channel-got-voice = [语音]
channel-got-video = [视频]
channel-got-sticker = [表情]
channel-got-file = [文件]
channel-got-place = [位置]
channel-got-contact = [名片]
channel-got-something = [非文字内容]

## 人工接手
desk-claimed = { $agent }已经接入，能看到您之前写的内容，不用再说一遍。
desk-passed = 接下来由{ $agent }为您服务，之前的内容都已转过去，不用再说一遍。
desk-to-queue = { $agent }正在把您转给其他同事。您已进入队列，之前写的内容都还在。
desk-to-bot = { $agent }已把对话交回给自动客服。需要人工的话，随时说一声。
desk-closed = { $agent }已结束本次对话。之后有任何问题，直接在这里留言就好。
desk-closed-ticket = { $agent }已结束本次对话。您的工单 { $number } 会继续处理，有结果会联系您。
desk-away = 很抱歉，与{ $agent }的连接断开了。您已回到队列，会有同事接着处理。
desk-away-note = { $agent }已断开连接，对话自动回到队列。
desk-waited = 目前一直没有同事空出来，不想让您一直等着。我把它转成工单，您不用守在这里，会有回复。
desk-left = 好的，您不用在这里等。我把它转成工单。

## 小窗口里显示的错误
error-too-long = 这条消息太长了，最多 { $limit } 个字。请缩短或者分几条发。
error-too-large = 一次发的内容太多了，请分开发。
error-too-slow = 网络好像有点慢，内容没有收全。请检查网络后再发一次。
error-too-fast = 发得有点快，请等 { $seconds } 秒再试。
error-not-found = 这个对话已经不在了，请重新开始。
error-empty = 这条消息里没有文字。
error-invalid = 请求里有不正确的内容。
error-unavailable = 现在暂时收不了消息，请稍后再试。

## 客服台显示的错误
error-desk-signed-out = 您已退出登录，请重新登录。
error-desk-wrong-sign-in = 用户名或密码不正确。
error-desk-no-users = 还没有可登录的用户。请在服务器上添加第一个用户：frontdoor user add NAME --role operator
error-desk-locked-out = 密码错误次数过多。请等 { $minutes } 分钟，或请运维人员执行：frontdoor user password NAME
error-desk-not-allowed = 您的角色没有这个权限。
error-desk-csrf = 该请求不是从本页面发出的，请刷新页面。
error-desk-not-found = 这一项已经不在了。
error-desk-already-claimed = { $agent }已经接手了。
error-desk-stale = 对话刚刚换了处理人，请先看一下最新情况。
error-desk-not-yours = 这个对话不在您手上。
error-desk-not-possible = 对话目前的状态下不能这样操作。
error-desk-full = { $agent }不在线，或者手头已经满了。
error-desk-variable = { $name } 不是可用的变量。可用的有 name、agent、order、ticket，都要放在花括号里。
error-why-no-message = 这个对话里没有第 { $seq } 条消息。
error-why-not-of-the-bot = 第 { $seq } 条消息不是由机器人回答的：由人工回复，或者还没有人回复。
