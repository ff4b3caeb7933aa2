# 运维页面的中文文案。

## The page
title = 运维
updated = 截至 { $time }（{ $zone }）
pause = 停止刷新
resume = 继续刷新
connection-lost = 产品没有响应。以下是 { $time } 的数据，页面会继续尝试。
languages = 页面语言
lang-en = English
lang-zh = 中文
lang-ko = 한국어
what-it-counts = 统计口径
as-table = 查看表格

## What needs a look
look = 需要关注
look-nothing = 没有。所有部分运行正常，今天没有出错。
look-database = 数据库没有响应，因此没有数据。请检查它是否在运行、能否连上；恢复之前，顾客的消息会被拒收。
look-redis = Redis 没有响应。恢复之前，各进程各自计算限流。
look-bot = { $name } 未就绪：{ $reason }。期间由简单规则接待顾客。日志在数据目录的 log/bot.log，用容器运行时则是该容器的日志。
look-no-bot = 没有机器人进程，目前由简单规则接待顾客。
look-refused = 模型 { $model } 无法启动，仍由之前的模型服务。请查看数据目录的 log/bot.log，然后重新训练。
look-articles = 有 { $count } 个文章文件无法使用，列表见“文章”。
look-no-articles = 还没有文章，任何问题都无法回答。请用 frontdoor kb import 导入您的文章。
look-overdue = 有 { $count } 个回复已超过承诺时间。请运行 frontdoor tickets list 查看。
look-waiting = 有 { $count } 条消息在等待，最早的已等了 { $time }。请查看错误列表。
look-errors = 今天有 { $count } 个错误，最近的列在“错误”中。

## Today
today = 今天
conversations = 会话
conversations-means = 按团队所在时区，今天零点以来打开的会话，不论是否得到回答。
answered = 已回答
answered-means = 在查询过的问题中，机器人给出文章段落的比例。给出不等于已解决。
suggested = 已推荐
suggested-means = 在查询过的问题中，机器人没有把握、只列出文章的比例。
unanswered = 未回答
unanswered-means = 在查询过的问题中，机器人没有找到内容并如实说明的比例：未回答 /（已回答 + 已推荐 + 未回答）。
of-questions = { $all } 个中的 { $count } 个
tickets = 新建工单
tickets-means = 今天零点以来新建的工单。未结：还没有人关闭的工单。超时：已过承诺时间的回复。
tickets-now = 未结 { $open }，超时 { $overdue }
handoffs = 要求人工
handoffs-means = 顾客要求转人工的消息数。
errors = 错误
errors-means = 没有机器人进程参与的轮次、彻底失败的轮次、订单系统没有响应时的查询，以及再也无法送达消息应用的消息。
errors-now = 无机器人 { $without }，失败 { $failed }，无订单系统 { $orders }，未送达 { $undelivered }
wait = 等待中位数
wait-means = 从顾客的消息存好，到回答存好的时间。一半的轮次比中位数快；另一个数字是 95% 的轮次不超过的时间。
wait-95 = 95% 在 { $time } 以内
wait-50-short = 等待中位数
wait-95-short = 95% 等待
turns = 轮次
turns-means = 机器人处理的顾客消息数。闲聊和填写工单的步骤也算在内。
said-now = { $helped } 次表示有帮助，{ $rejected } 次表示没帮助

## Charts
chart-turns = 最近 24 小时每小时轮次
chart-waits = 最近 24 小时每小时等待
chart-days = 最近 14 天每天会话与工单
chart-shares = 最近 14 天每天未回答比例
hour = 小时
day = 日期
other-turns = 其他轮次

## Tables
by-language = 今天（按语言）
by-channel = 今天（按渠道）
language = 语言
channel = 渠道
language-en = 英语
language-zh = 中文
language-ko = 韩语
language-other = 其他
all = 全部
channel-web = 网站
channel-other = 未知

## What is running
running = 运行情况
part = 组成部分
state = 状态
version-of = 版本
memory = 内存
process = 进程
restarts = 重启次数
api = API
bot-number = 机器人 { $number }
ready = 就绪
not-ready = 未就绪：{ $reason }
away = 没有响应
redis-off = 未使用
elsewhere = 在另一台机器上
database = 数据库
encoder = 编码器
index = 索引
model = 模型
model-starting = 正在启动 { $model }
watchers = { $count } 个打开的聊天
up-for = 运行时长

## Articles
articles = 文章
article-count = 数量
internal-articles = 内部（不展示）
last-changed = 最近修改
article-errors = 无法使用的文件
no-article-errors = 所有文件都可以使用。

## Errors
last-errors = 最近的错误
time = 时间
reason = 发生了什么
do = 怎么办
no-errors = 最近 14 天没有错误。
trouble-slow = 机器人没有及时回应（{ $detail }）。
trouble-slow-do = 如果经常发生，说明机器太忙，或 FRONTDOOR_BOT_TIMEOUT 太短。
trouble-away = 没有就绪的机器人进程。
trouble-away-do = 它会自动重启。如果总是退出，请查看数据目录的 log/bot.log，用容器运行时则查看该容器的日志。
trouble-refused = 机器人返回了错误（{ $detail }）。
trouble-refused-do = 请查看数据目录的 log/bot.log（用容器运行时则是该容器的日志）中该时间的内容。
trouble-wrong = 无法读懂机器人的回应。
trouble-wrong-do = 请确认机器人进程与产品是同一版本。
trouble-silent = 机器人的回应里没有一句话。
trouble-silent-do = bot/ 中缺少规则或句子。消息的意图记录在该轮次的追踪里。
trouble-action = 一个动作失败了：{ $detail }。
trouble-action-do = 产品日志的 action.failed 下有完整的错误信息。
trouble-engine = 与机器人通信失败（{ $detail }）。
trouble-engine-do = 产品日志的 engine.down 下有完整的错误信息。
trouble-failed = 一个轮次连续失败四次，已告知顾客（{ $detail }）。
trouble-failed-do = 产品日志的 turn.failed 下有完整的错误信息。
trouble-orders = 订单系统没有响应。
trouble-orders-do = 请检查 FRONTDOOR_ORDERS_URL 和订单系统；产品日志的 orders.away 下有原因。
trouble-undelivered = 一条发往消息应用的消息无法送达。
trouble-undelivered-do = 原因列在“未送达”中，点击那里的按钮可以重新发送。

## Not delivered
undelivered = 未送达
nothing-undelivered = 没有。发往消息应用的每条消息都已送达或正在发送。
given-up = 放弃时间
said-by = 发送方
said-at = 发言时间
tries = 尝试次数
cause = 原因
role-bot = 机器人
role-agent = 客服
role-system = 系统
send-again = 重新发送
send-all-again = 全部重新发送
sent-again = { $count ->
    [0] 已经有人重新发送过了。
   *[other] 正在重新发送 { $count } 条消息。再次失败的会回到这个列表。
 }
not-meant = 这个请求不是从运维页面发出的。请打开页面，在那里点击按钮。
no-letter = 没有这条消息。

## The key
key-title = 运维密钥
key-wanted = 这里需要运维密钥。它在数据目录的 operator.key 中，或者是 FRONTDOOR_OPERATOR_KEY 的值。
key-label = 密钥
key-open = 打开
key-wrong = 密钥不正确。
