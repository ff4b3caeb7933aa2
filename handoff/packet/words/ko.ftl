## 상담원의 첫마디. 자유롭게 고쳐 쓸 수 있습니다
greeting-name = { $name } 님, 안녕하세요.
greeting = 안녕하세요.
feeling-asked = 기다려 주셔서 감사합니다. 이제 상담원이 직접 도와드리겠습니다.
feeling-circles = 자동 상담이 제대로 답을 드리지 못해 답답하셨을 텐데 죄송합니다.
feeling-upset = 정말 죄송합니다. 화가 나실 만한 상황입니다.
feeling-worn = 여기까지 오시느라 많이 지치셨을 텐데 죄송합니다. 이제부터는 제가 함께 살펴보겠습니다.
feeling-waiting = 오래 기다리시게 해서 죄송합니다.
feeling-threat = 이렇게까지 되어 정말 죄송합니다. 말씀하신 내용을 무겁게 받아들이고 있습니다.
feeling-safety = 알려 주셔서 감사합니다. 무엇보다 고객님의 안전이 먼저입니다.
restate = 남겨 주신 내용은 잘 확인했습니다: “{ $problem }”.
restate-order = 주문 { $order } 건으로 남겨 주신 내용은 잘 확인했습니다: “{ $problem }”.
next = 앞서 나누신 대화를 모두 읽었으니 다시 설명하지 않으셔도 됩니다. 지금 바로 살펴보겠습니다.
nothing-told = 무엇을 도와드릴까요?

## 고객이 이미 알려 준 것을 다시 물으려 할 때 상담 화면의 안내
known-name = 고객이 이미 이름을 알려 주었습니다: { $value }
known-email = 고객이 이미 이메일 주소를 알려 주었습니다: { $value }
known-phone = 고객이 이미 전화번호를 알려 주었습니다: { $value }
known-order_number = 고객이 이미 주문번호를 알려 주었습니다: { $value }
known-problem = 고객이 이미 어떤 일인지 말했습니다: “{ $value }”
known-article = 이미 안내한 도움말입니다: 「{ $value }」
known-step = 고객이 이미 해 본 방법입니다: “{ $value }”
known-other = 고객이 이미 알려 주었습니다: { $value }
refused-name = 고객이 이름은 밝히지 않겠다고 했습니다.
refused-email = 고객이 이메일 주소는 알려 주지 않겠다고 했습니다.
refused-phone = 고객이 전화번호는 알려 주지 않겠다고 했습니다.
refused-order_number = 고객이 주문번호를 가지고 있지 않다고 했습니다.
refused-other = 고객이 이 정보는 알려 주지 않겠다고 했습니다.
