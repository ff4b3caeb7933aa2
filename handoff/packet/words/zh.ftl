## 人工客服的第一句话，可以自行修改
greeting-name = { $name }，您好！
greeting = 您好！
feeling-asked = 现在由人工客服为您服务，感谢您的耐心等待。
feeling-circles = 抱歉，刚才智能客服一直没答到点子上，让您白费了不少口舌。
feeling-upset = 非常抱歉，遇到这种事，换谁都会生气。
feeling-worn = 非常抱歉让您这么折腾，接下来的事情由我来跟进。
feeling-waiting = 抱歉让您久等了。
feeling-threat = 非常抱歉事情到了这一步，您说的情况我很重视。
feeling-safety = 谢谢您告诉我们，您的安全最要紧。
restate = 您反映的情况是：“{ $problem }”。
restate-order = 关于订单 { $order }，您反映的情况是：“{ $problem }”。
next = 前面的对话我都看过了，您不用再说一遍，我现在就帮您看。
nothing-told = 请问有什么可以帮您？

## 客服发问之前，工作台的提醒
known-name = 客户已经留过姓名：{ $value }。
known-email = 客户已经留过邮箱：{ $value }。
known-phone = 客户已经留过电话：{ $value }。
known-order_number = 客户已经提供过订单号：{ $value }。
known-problem = 客户已经说过是什么问题：“{ $value }”。
known-article = 这篇文章已经发给过客户：《{ $value }》。
known-step = 客户已经试过了：“{ $value }”。
known-other = 客户已经提供过：{ $value }。
refused-name = 客户表示不想留姓名。
refused-email = 客户表示不想留邮箱。
refused-phone = 客户表示不想留电话。
refused-order_number = 客户表示手边没有订单号。
refused-other = 客户表示不想提供这一项。
