// 「为什么」的中文用语。
export default {
  title: '机器人为什么这样回答', turn: (number, when) => `机器人的第 ${number} 次回答，${when}`,
  failed: '这次回答每次尝试都失败了，机器人只能致歉。具体原因请看日志。',
  parts: { decided: '依据什么', meant: '客户想要什么', nearest: '学过的例句中最接近的', articles: '查阅的文章', person: '需要人工吗？', versions: '版本' },
  how: {
    read: '机器人读懂消息后，按其含义处理。', rejected: '这条消息和机器人学过的内容都不像。', button: '客户按了按钮：',
    reply: '这条消息是在回答机器人关于订单的问题。', form: '客户正在填写工单。', fetched: '请了人工介入：',
    plain: '机器人的语言理解部分出了故障，改由简单规则处理。',
  },
  awaiting: {
    helped: '此前机器人问过回答是否有帮助。', choice: '此前机器人列出了几篇文章供选择。', ticket_offer: '此前机器人提议创建工单。',
    language_offer: '此前机器人提议看另一种语言的文章。', order_number: '此前机器人询问了订单号。', order_contact: '此前机器人询问了下单时的联系方式。',
  },
  rule: '规则', actions: '执行了', engineDown: '故障原因', order: '订单', handover: '转交原因',
  does: {
    action_answer: '查找答案', action_open_article: '打开所选文章', action_show_offered: '展示所提议的文章', action_which_one: '询问是哪一篇', action_that_helped: '记下有帮助',
    action_did_not_help: '换一个答案', action_find_order: '查询订单', action_without_order: '不查订单，继续处理', action_complaint: '受理投诉', action_suggestion: '记录建议',
    action_request_person: '请人工', action_note_details: '记下信息', action_decline_offer: '撤回提议', action_open_ticket: '创建工单', ticket_form: '工单表', validate_ticket_form: '读取填写内容',
  },
  orders: { told: '已告知状态', not_told: '未告知', order_system_away: '订单系统没有响应', goes_on_with_an_article: '接着前面文章里的内容问', a_general_question: '一般性问题，由文章回答', no_orders_to_look_up: '没有设置订单数据' },
  known: (what) => `含义是已知的，不是猜的：${what}。`, read: (what, share) => `理解为「${what}」，把握 ${share}。`,
  second: (what, share, margin) => `其次是「${what}」，${share}，相差 ${margin}。`,
  ours: (share, line) => `属于我们的业务：${share}（达到 ${line} 即算）。`, strange: (share, line) => `不属于我们的业务：${share}，需要达到 ${line}。`,
  asked: '查询内容：', told: '（已告诉客户）', outcomes: { answer: '给出了答案。', suggest: '推荐了文章。', none: '没有找到答案。' },
  sure: (share, answer, suggest) => `把握 ${share}；达到 ${answer} 才回答，达到 ${suggest} 才推荐。`,
  weight: '权重', sum: '每篇文章的总分，是各项得分乘以权重之和。',
  columns: {
    example: '例句', standsFor: '含义', similarity: '相似度', probability: '概率', article: '文章', total: '总分', sign: '迹象', weight: '权重', quote: '原话',
    sentence: '最佳句子', sentences: '最佳三句', passage: '段落', name: '标题', asked: '与其提问相近', late: '逐词比较', weakest: '最弱的词',
    words: '相同的词', name_words: '标题中的词', chars: '相同的字', name_chars: '标题中的字',
  },
  decisions: { go_on: '机器人继续。', acknowledge: '机器人先回应情绪。', offer: '机器人提议转人工。', hand_over: '需要人工。' },
  likely: (share) => `可能性 ${share}。`, lines: (feeling, offer, over) => `流露情绪且达到 ${feeling} 时先回应情绪，达到 ${offer} 提议人工，达到 ${over} 请人工介入。`, strongest: (sign) => `最强的迹象：${sign}。`,
  model: '机器人模型', index: '文章', unchanged: '此后这些都没有变化。', changed: (what) => `此后有变化：${what}。`,
  changes: { model: '机器人模型', index: '文章', hours: '服务时间', wording: '用语', search: '搜索权重', detection: '情绪识别' },
  cut: '内容较多，这次回答没有全部保留。', replay: '要让机器人重新思考一次，请在运行 Frontdoor 的机器上执行：',
};
