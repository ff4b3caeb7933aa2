# 봇이 한국어로 하는 말. 회사에 관한 사실은 여기에 쓰지 않고 도움말에서만 말한다.

## 답변
answer-helped = 해결됐어요
answer-not-it = 이게 아니에요
ack-damaged_item = 상품에 문제가 있어 죄송합니다.
ack-wrong_item = 주문하신 대로 받지 못하셨다니 죄송합니다.
ack-delivery_late = 오래 기다리시게 해서 죄송합니다.
ack-payment_failed = 결제가 안 되면 답답하시죠. 같이 확인해 볼게요.
ack-complaint = 이렇게 불편을 드려 정말 죄송합니다.
another-answer = 그렇다면 이 내용일 수 있어요.
suggest = 확실하지는 않지만 이 중에 있을 것 같아요.
suggest-off-topic = 제가 도울 수 있는 일인지 확실하지 않아요. { $shop } 관련 문의라면 이 중에 있을 수 있어요.
suggest-none = 여기 없어요
which-one = 어느 것인가요? 눌러 주시거나 조금 더 말씀해 주세요.
unknown = 도움말에 이 질문의 답이 없어서, 짐작으로 말씀드리지는 않을게요.
unknown-off-topic-again = 이것도 제가 도와드리기 어려워요. { $shop }에 관한 일은 편하게 물어보시고, 상담원이 필요하시면 말씀해 주세요.
unknown-off-topic = 제가 아는 범위를 벗어난 이야기네요. { $shop }에 관한 질문이라면 도와드릴 수 있어요.
no-other-answer = 이 내용에 대해 도움말에 있는 것은 이미 말씀드려서, 같은 말을 되풀이하지 않을게요.
nothing-new = 지금 찾을 수 있는 것은 이미 다 보여 드려서, 같은 자리를 맴돌게 하고 싶지 않아요.
still-nothing-new = 이 문의에 대해서는 아직 새로 드릴 내용이 없고, 도움이 안 된 말을 되풀이하지 않을게요.
understood = “{ $what }”에 대한 내용이에요.
understood-again = 위에서 말씀드린 “{ $what }” 내용 중 이 부분이에요.
helped-ask = 도움이 되셨나요?
ask-back = 정확히 도와드리고 싶어요. 어떤 경우인지 골라 주시겠어요?
ask-back-subject = “{ $subject }”에는 여러 가지가 있어요. 어떤 내용이 궁금하세요?
ask-back-section = “{ $title }” 중에서 어느 부분이 궁금하세요?
ask-back-again = 죄송해요, 아직 잘 이해하지 못했어요. 이 중에 있을까요?
ask-back-sorry = 죄송해요, 제가 아직 잘 이해하지 못했네요.
ask-back-more = 무엇을 하려고 하셨고 어떻게 되었는지 한 문장으로 말씀해 주시겠어요?
ask-back-none = 다른 내용이에요
several-suggest = “{ $part }” 부분은 확실하지 않아요. 이 중에 있을 것 같아요.
several-unknown = “{ $part }” 부분은 도움말에 답이 없어서, 짐작으로 말씀드리지는 않을게요.
several-helped = 궁금하신 점이 모두 해결되셨나요?
several-which = 죄송합니다. 어느 것이 아직 해결되지 않았나요?
glad-it-helped = 다행이에요. 또 문제가 생기면 여기에 그대로 이어서 말씀해 주세요.
not-helped = 도움이 못 되어 죄송합니다.
other-language = 이 내용은 { $language } 도움말만 찾았어요: “{ $title }”. 보여 드릴까요?
language-en = 영어
language-zh = 중국어
language-ko = 한국어
languages-spoken = 저는 한국어, 영어, 중국어로 도와드릴 수 있어요.
yes = 네
no = 아니요
all-right = 네. 더 도와드릴 일이 있을까요?
welcome = 별말씀을요!
anything-else = 더 도와드릴 일이 있을까요?
offer-stands = 말씀드린 대로 담당자에게 전해 드릴 수 있어요. 그렇게 할까요?
cannot-do = 저는 자동 상담 도우미라서 이 채팅에서 대신 처리해 드릴 수는 없어요.
tell-more = 그럼 무슨 일이 있었는지 한 문장으로 말씀해 주세요.
article-gone = 그 도움말은 이제 없어요. 무엇이 궁금하신가요?

## 주문
order-ask-contact = 어떤 이메일이나 전화번호로 주문하셨나요? 주문 내용은 주문하신 분께만 알려 드릴 수 있어요.
order-needs-contact = 괜찮습니다. 다만 확인이 되지 않으면 주문 내용을 알려 드릴 수 없어요. 다른 사람이 고객님의 주문을 알아낼 수 없게 하기 위해서예요.
order-no-number = 괜찮습니다. 다만 주문번호가 없으면 주문을 조회할 수 없어요.
order-not-told = 말씀하신 주문번호와 연락처가 모두 일치하는 주문을 찾지 못했어요. 둘 다 다시 확인해 주세요. 주문번호는 주문 메일에 있고, 연락처는 주문할 때 쓰신 이메일이나 전화번호예요.
order-away = 지금 주문 시스템에 연결되지 않아 주문이 어떤 상태인지 알 수 없고, 짐작으로 말씀드리지는 않을게요. 주문번호({ $number })는 적어 두었어요.
order-but-perhaps = 그래도 이 내용이 도움이 될 수 있어요.
order-still-number = 주문번호가 있어야 조회할 수 있어요. { $example } 같은 형식이고 주문 메일에 있어요.
order-still-contact = 주문할 때 쓰신 이메일이나 전화번호가 필요해요. 확인이 되어야 주문 내용을 알려 드릴 수 있어요.
order-still-expected = 아직 새로운 소식은 없고, 그대로 { $day }까지 도착할 예정이에요.
order-still = 주문 { $number } 건은 방금 말씀드린 것에서 달라진 점이 없어요.
order-no-news = 주문 { $number } 건은 제가 확인할 수 있는 것을 모두 말씀드려서, 같은 말을 되풀이하지 않을게요.
order-try-again = 다시 조회하기
order-track = 주문 { $number } 배송 조회
order-placed = { $placed }에 주문하신 { $number } 건은 접수되었고 아직 포장 전이에요.
order-packing = { $placed }에 주문하신 { $number } 건은 지금 포장 중이에요.
order-shipped = { $placed }에 주문하신 { $number } 건은 배송 중이에요.
order-out_for_delivery = { $placed }에 주문하신 { $number } 건은 배달 중이에요.
order-ready_for_pickup = { $placed }에 주문하신 { $number } 건은 이제 찾아가실 수 있어요.
order-delivered = { $placed }에 주문하신 { $number } 건은 배송 완료로 되어 있어요.
order-returned = { $placed }에 주문하신 { $number } 건은 저희 쪽으로 반송되었어요.
order-cancelled = { $placed }에 주문하신 { $number } 건은 취소되었어요.
order-left = { $day }에 출고됐어요.
order-left-with = { $day }에 출고됐고 { $carrier }에서 배송해요.
order-carrier = 배송은 { $carrier }에서 맡고 있어요.
order-arrived = 배송 완료일은 { $day }이에요.
order-expected = { $day }까지 도착할 예정이에요.
order-overdue = { $day }까지 도착할 예정이었으니 늦어지고 있어요.

## 상담원에게 가는 길
offer-ticket-open = 담당자에게 전해 드릴 수 있어요. 지금 남겨 주시면 { $reply_by }까지 답변드립니다.
offer-ticket-closed = 담당자에게 전해 드릴 수 있어요. 지금은 업무 시간이 아니고 { $opens }에 시작합니다. 남겨 주시면 { $reply_by }까지 답변드립니다.
offer-ticket-unknown = 문의를 접수해서 담당자에게 전해 드릴 수 있어요. 다만 답변 시각은 약속드리기 어렵습니다.
open-ticket-button = 담당자에게 남기기
ask-person-button = 상담원 연결
complaint = 죄송합니다. 이러면 안 되는 일이고, 담당자가 제대로 살펴보게 하고 싶어요.
suggestion = 의견 주셔서 감사합니다.
offer-suggestion = 문의로 접수해서 담당 팀에 전할까요?
fetch-asked = 네, 그럴게요.
fetch-feeling = 많이 답답하셨죠. 정말 죄송합니다.
fetch-circles = 제가 계속 제대로 이해하지 못해 죄송합니다.
fetch-safety = 안전이 가장 먼저예요. 우선 사용을 멈춰 주시고, 다치신 분이 있거나 위험한 상황이면 바로 119 같은 긴급 전화로 연락해 주세요.
person-coming = 상담원이 이 채팅에서 이어서 도와드릴게요. 남겨 주신 내용은 모두 볼 수 있으니 다시 말씀하지 않으셔도 됩니다.
person-queue = 지금은 상담원이 모두 다른 고객님을 돕고 있어서 대기열에 올려 드렸어요. 남겨 주신 내용은 모두 볼 수 있으니 다시 말씀하지 않으셔도 됩니다.
queue-next = 다음 순서입니다.
queue-place = 대기 순서는 { $place }번째입니다.
queue-minutes = { $minutes }분 안에 연결될 것으로 보입니다.
queue-or-ticket = 기다리기 어려우시면 “문의”라고 적어 주세요. 문의로 남겨 답변을 받으실 수 있게 해 드릴게요.
queue-leave = 기다리지 않고 문의 남기기
offer-person = 상담원과 이야기하고 싶으시면 언제든 말씀해 주세요.
felt = 불편을 드려 죄송합니다. 제가 할 수 있는 것부터 확인해 볼게요.
person-open = 상담원이 { $closes }까지 근무 중이에요. 대기열에 올려 드릴게요. 두 번 말씀하시지 않도록 몇 가지만 확인할게요.
person-closed = 지금은 근무 중인 상담원이 없고 { $opens }에 시작합니다. 담당자에게 꼭 전달되도록 몇 가지만 확인할게요.
person-unknown = 담당자에게 꼭 전달되도록 몇 가지만 확인할게요.
person-noted = 이제 담당자가 이어받을 거예요. 전달하는 데 이것만 필요해요.

## 문의 양식
ask-question = 어떤 일인가요? 편하게 말씀해 주세요.
ask-question-again = 무엇이 문제인지, 무엇이 필요하신지 한 문장으로 말씀해 주시겠어요?
ask-name = 성함을 어떻게 적어 둘까요?
ask-name-again = 성함을 알아보지 못했어요. 어떻게 불러 드리면 될까요?
ask-contact = 어디로 연락드리면 될까요? 이메일이나 전화번호 중 편한 것으로 알려 주세요.
ask-contact-again = 빠진 부분이 있는 것 같아요. 이메일이나 전화번호를 다시 확인해 주시겠어요?
ask-order_number = 주문번호가 어떻게 되나요? { $example } 같은 형식이고 주문 메일에 있어요.
ask-order_number-again = 저희 주문번호({ $example })와 형식이 달라요. 다시 확인해 주시겠어요?
ask-order_number-or-none = 여기서는 주문번호만 알려 주시면 돼요. 예를 들면 { $example }입니다. 없으시면 없다고 말씀해 주세요.
ask-email_typo = 혹시 { $email } 아닌가요?
ask-correction = 무엇을 고칠까요?
skip = 말하고 싶지 않아요
no-order-number = 주문번호가 없어요
restate = 이렇게 이해했어요: “{ $question }”. { $who }
restate-who = { $name }, { $contact }.
restate-no-contact = { $name }, 연락처는 없어서 답변을 보시려면 여기로 다시 오셔야 해요.
restate-order = 주문번호 { $order }.
restate-no-name = 답변받으실 곳은 { $contact }, 성함은 적지 않았어요.
restate-nobody = 성함과 연락처를 남기지 않으셔서, 답변을 보시려면 여기로 다시 오셔야 해요.
restate-no-question = 이렇게 이해했어요: 상담원 연결을 원하세요. { $who }
restate-ask = 이대로 접수할까요?
confirm-yes = 네, 접수해 주세요
confirm-no = 고칠 게 있어요
took-correction = 네, 고쳤어요.
no-form = 담당자가 연락드릴 수 있게 여쭤보는 것이고, 말씀하기 싫은 것은 빼셔도 됩니다.
change-any-time = 네, 맞는 내용을 그대로 적어 주세요. 예를 들면 “제 이메일은 …”처럼요.
confirm-unclear = 제가 잘 이해하지 못했어요. “네”라고 하시면 접수하고, 고칠 것이 있으면 말씀해 주세요.
abandoned = 네, 문의를 접수하지 않을게요. 필요하시면 언제든 말씀해 주세요.
added = 네, 그 내용도 적어 두었어요.
suggest-in-passing = 확실하지는 않지만 여기에 답이 있을 수 있어요. 이어서 문의 내용을 확인할게요.
unknown-in-passing = 이건 제가 잘 모르지만, 담당자가 대화 기록에서 보게 됩니다.
noted = 감사합니다. { $details } 적어 두었어요. 무엇을 도와드릴까요?
noted-for-it = 감사합니다. { $details } 적어 두었어요.
noted-nothing = 감사합니다. 무엇을 도와드릴까요?
no-details-needed = 괜찮습니다, 알려 주지 않으셔도 됩니다. 무엇을 도와드릴까요?

## 접수된 문의
ticket-opened = 접수됐어요. 문의 번호는 { $number }입니다.
ticket-person = 상담원이 대기열에서 이어받습니다.
ticket-reply-contact = 답변은 { $reply_by }까지 남겨 주신 연락처({ $contact })로 보내 드려요.
ticket-reply-here = { $reply_by }까지 답변드립니다. 연락처를 남기지 않으셨으니 이 대화창에서 확인해 주세요.
ticket-no-time-contact = 시각은 약속드리기 어렵지만, 답변은 남겨 주신 연락처({ $contact })로 보내 드려요.
ticket-no-time-here = 시각은 약속드리기 어려워요. 연락처를 남기지 않으셨으니 이 대화창에서 답변을 확인해 주세요.
ticket-subject-person = 상담원 연결 요청

## 우리 쪽에 문제가 있을 때
trouble = 지금 저희 쪽에 문제가 있어서 말씀을 잘 못 알아들을 수 있어요. 그래도 도움말을 찾아보거나 담당자에게 전할 내용을 받아 둘 수 있습니다.

## 메신저
channel-greeting = 안녕하세요! 저는 사람이 아닌 { $shop }의 자동 상담 도우미입니다. 무엇이 궁금하신지 말씀해 주시면 찾아봐 드릴게요. 상담원이 필요하시면 언제든 말씀하시면 됩니다.
channel-disclosure = 안녕하세요, { $shop }의 자동 상담 도우미입니다. 사람이 아니며, 상담원이 필요하시면 언제든 말씀하시면 됩니다.
channel-text-only = 아직은 글만 읽을 수 있어요. 어떤 도움이 필요하신지 한두 문장으로 적어 주시겠어요?
channel-late-press = 이전 메시지의 버튼이에요. 원하시는 내용을 글로 적어 주세요.
channel-source = 출처: 「{ $title }」
channel-got-photo = [사진]
channel-got-voice = [음성 메시지]
channel-got-video = [동영상]
channel-got-sticker = [스티커]
channel-got-file = [파일]
channel-got-place = [위치]
channel-got-contact = [연락처]
channel-got-something = [글이 아닌 메시지]

## 상담원이 이어받을 때
desk-claimed = { $agent } 상담원이 연결되었어요. 적어 주신 내용은 모두 전달되었으니 다시 설명하지 않으셔도 됩니다.
desk-passed = 이제부터 { $agent } 상담원이 도와드려요. 적어 주신 내용은 모두 전달되었습니다.
desk-to-queue = { $agent } 상담원이 다른 상담원에게 연결해 드리고 있어요. 대기열에 등록되었고, 적어 주신 내용은 그대로 남아 있습니다.
desk-to-bot = { $agent } 상담원이 상담을 자동 상담으로 넘겼어요. 상담원이 필요하시면 언제든 말씀해 주세요.
desk-closed = { $agent } 상담원이 상담을 마쳤어요. 또 필요한 일이 있으면 여기에 바로 말씀해 주세요.
desk-closed-ticket = { $agent } 상담원이 상담을 마쳤어요. 티켓({ $number })은 계속 처리되며, 저희가 연락드리겠습니다.
desk-away = { $agent } 상담원과의 연결이 끊어졌어요. 불편을 드려 죄송합니다. 다시 대기열에 등록해 드렸고, 다른 상담원이 이어서 도와드릴게요.
desk-away-note = { $agent } 상담원의 연결이 끊겨 상담이 자동으로 대기열로 돌아갔습니다.
desk-waited = 아직 연결 가능한 상담원이 없어 계속 기다리시게 할 수가 없네요. 여기서 기다리지 않고 답변을 받으실 수 있게 티켓으로 접수해 드릴게요.
desk-left = 네, 여기서 기다리지 않으셔도 됩니다. 티켓으로 접수해 드릴게요.

## 위젯이 보여 주는 오류
error-too-long = 메시지가 너무 길어요. { $limit }자까지 보낼 수 있으니 줄이거나 나눠서 보내 주세요.
error-too-large = 한 번에 받을 수 있는 양을 넘었어요. 나눠서 보내 주세요.
error-too-slow = 보내는 데 너무 오래 걸렸어요. 인터넷 연결을 확인하고 다시 보내 주세요.
error-too-fast = 한꺼번에 너무 많이 보내셨어요. { $seconds }초 뒤에 다시 시도해 주세요.
error-not-found = 이 대화는 이제 없어요. 새로 시작해 주세요.
error-empty = 메시지에 글자가 없어요.
error-invalid = 요청에 올바르지 않은 부분이 있어요.
error-unavailable = 지금은 메시지를 받을 수 없어요. 잠시 뒤 다시 시도해 주세요.

## 상담 화면에 나오는 오류
error-desk-signed-out = 로그아웃되었습니다. 다시 로그인해 주세요.
error-desk-wrong-sign-in = 이름 또는 비밀번호가 맞지 않습니다.
error-desk-no-users = 아직 로그인할 수 있는 사용자가 없습니다. 서버에서 첫 사용자를 추가해 주세요: frontdoor user add NAME --role operator
error-desk-locked-out = 비밀번호를 여러 번 잘못 입력했습니다. { $minutes }분 뒤에 다시 시도하거나, 운영자에게 다음 명령을 요청해 주세요: frontdoor user password NAME
error-desk-not-allowed = 현재 역할로는 할 수 없는 작업입니다.
error-desk-csrf = 이 화면에서 보낸 요청이 아닙니다. 화면을 새로 고쳐 주세요.
error-desk-not-found = 더 이상 없는 항목입니다.
error-desk-already-claimed = { $agent } 상담원이 이미 맡았습니다.
error-desk-stale = 그사이 담당이 바뀌었습니다. 먼저 현재 상태를 확인해 주세요.
error-desk-not-yours = 지금 맡고 있는 상담이 아닙니다.
error-desk-not-possible = 현재 상태의 상담에는 할 수 없는 작업입니다.
error-desk-full = { $agent } 상담원은 자리에 없거나 더 맡을 수 없습니다.
error-desk-variable = 쓸 수 없는 변수입니다: { $name }. name, agent, order, ticket을 중괄호에 넣어 쓸 수 있습니다.
error-why-no-message = 이 상담에는 { $seq }번 메시지가 없습니다.
error-why-not-of-the-bot = { $seq }번 메시지는 챗봇이 답한 것이 아닙니다. 상담원이 답했거나 아직 답변이 없습니다.
