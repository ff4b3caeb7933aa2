# 운영자 페이지의 한국어 문구.

## The page
title = 운영
updated = { $time } 기준 ({ $zone })
pause = 새로고침 멈추기
resume = 새로고침 계속하기
connection-lost = 제품이 응답하지 않습니다. 아래는 { $time }의 수치이며, 페이지가 계속 다시 시도합니다.
languages = 페이지 언어
lang-en = English
lang-zh = 中文
lang-ko = 한국어
what-it-counts = 집계 기준
as-table = 표로 보기

## What needs a look
look = 확인할 것
look-nothing = 없습니다. 모두 정상으로 작동하고 있고 오늘 발생한 오류도 없습니다.
look-database = 데이터베이스가 응답하지 않아 수치를 보여 드릴 수 없습니다. 실행 중인지, 연결되는지 확인해 주세요. 복구될 때까지 고객 메시지를 받을 수 없습니다.
look-redis = Redis가 응답하지 않습니다. 복구될 때까지 각 프로세스가 따로 요청 한도를 셉니다.
look-bot = { $name } 준비 안 됨: { $reason }. 그동안 간단한 규칙으로 고객을 응대합니다. 로그는 데이터 폴더의 log/bot.log에 있으며, 컨테이너로 실행 중이면 그 컨테이너의 로그입니다.
look-no-bot = 봇 프로세스가 없습니다. 간단한 규칙으로 고객을 응대하고 있습니다.
look-refused = 모델 { $model }을(를) 시작하지 못해 이전 모델이 계속 응대합니다. 데이터 폴더의 log/bot.log를 확인한 뒤 다시 학습해 주세요.
look-articles = 사용할 수 없는 문서 파일이 { $count }개 있습니다. 목록은 문서 항목에 있습니다.
look-no-articles = 문서가 없어 어떤 질문에도 답할 수 없습니다. frontdoor kb import로 문서를 가져와 주세요.
look-overdue = 약속한 시간이 지난 답변이 { $count }건 있습니다. frontdoor tickets list로 확인해 주세요.
look-waiting = 메시지 { $count }건이 기다리고 있으며, 가장 오래된 것은 { $time } 지났습니다. 오류 목록을 확인해 주세요.
look-errors = 오늘 오류가 { $count }건 있습니다. 최근 오류는 아래 오류 목록에 있습니다.

## Today
today = 오늘
conversations = 대화
conversations-means = 팀의 시간대로 오늘 0시 이후에 열린 대화입니다. 답변 여부와 관계없습니다.
answered = 답변함
answered-means = 찾아본 질문 중 봇이 문서의 한 대목을 제시한 비율입니다. 제시했다는 뜻이며, 해결되었다는 뜻은 아닙니다.
suggested = 추천함
suggested-means = 찾아본 질문 중 봇이 확신하지 못해 문서 제목을 제시한 비율입니다.
unanswered = 답변 못 함
unanswered-means = 찾아본 질문 중 봇이 찾지 못해 모른다고 한 비율입니다: 답변 못 함 / (답변함 + 추천함 + 답변 못 함).
of-questions = { $all }건 중 { $count }건
tickets = 새 티켓
tickets-means = 오늘 0시 이후에 접수된 티켓입니다. 처리 중: 아직 닫히지 않은 티켓. 지연: 약속한 시간이 지난 답변.
tickets-now = 처리 중 { $open }건, 지연 { $overdue }건
handoffs = 상담원 요청
handoffs-means = 고객이 상담원을 요청한 메시지 수입니다.
errors = 오류
errors-means = 봇 프로세스 없이 답한 턴, 끝내 실패한 턴, 주문 시스템이 응답하지 않은 조회, 메신저로 전달할 수 없게 된 메시지입니다.
errors-now = 봇 없이 { $without }건, 실패 { $failed }건, 주문 시스템 없이 { $orders }건, 미전달 { $undelivered }건
wait = 대기 중앙값
wait-means = 고객의 메시지가 저장된 때부터 답변이 저장될 때까지입니다. 절반의 턴은 중앙값보다 빨랐고, 95%의 턴은 다른 수치 안에 끝났습니다.
wait-95 = 95%가 { $time } 이내
wait-50-short = 대기 중앙값
wait-95-short = 95% 대기
turns = 턴
turns-means = 봇이 처리한 고객 메시지 수입니다. 가벼운 인사와 티켓 작성 단계도 포함합니다.
said-now = 도움이 됐다 { $helped }건, 안 됐다 { $rejected }건

## Charts
chart-turns = 최근 24시간 시간별 턴
chart-waits = 최근 24시간 시간별 대기
chart-days = 최근 14일 일별 대화와 티켓
chart-shares = 최근 14일 일별 답변 못 한 비율
hour = 시간
day = 날짜
other-turns = 그 밖의 턴

## Tables
by-language = 오늘, 언어별
by-channel = 오늘, 채널별
language = 언어
channel = 채널
language-en = 영어
language-zh = 중국어
language-ko = 한국어
language-other = 기타
all = 전체
channel-web = 웹사이트
channel-other = 알 수 없음

## What is running
running = 실행 상태
part = 구성 요소
state = 상태
version-of = 버전
memory = 메모리
process = 프로세스
restarts = 재시작
api = API
bot-number = 봇 { $number }
ready = 준비됨
not-ready = 준비 안 됨: { $reason }
away = 응답 없음
redis-off = 사용 안 함
elsewhere = 다른 컴퓨터에서 실행
database = 데이터베이스
encoder = 인코더
index = 색인
model = 모델
model-starting = { $model } 시작하는 중
watchers = 열린 채팅 { $count }개
up-for = 실행 시간

## Articles
articles = 문서
article-count = 개수
internal-articles = 내부용 (고객에게 보이지 않음)
last-changed = 최근 수정
article-errors = 사용할 수 없는 파일
no-article-errors = 모든 파일을 사용할 수 있습니다.

## Errors
last-errors = 최근 오류
time = 시각
reason = 무슨 일
do = 할 일
no-errors = 최근 14일 동안 오류가 없습니다.
trouble-slow = 봇이 제때 응답하지 않았습니다({ $detail }).
trouble-slow-do = 자주 생기면 컴퓨터가 너무 바쁘거나 FRONTDOOR_BOT_TIMEOUT이 너무 짧은 것입니다.
trouble-away = 준비된 봇 프로세스가 없었습니다.
trouble-away-do = 자동으로 다시 시작됩니다. 계속 종료되면 데이터 폴더의 log/bot.log를, 컨테이너로 실행 중이면 그 컨테이너의 로그를 확인해 주세요.
trouble-refused = 봇이 오류로 응답했습니다({ $detail }).
trouble-refused-do = 데이터 폴더의 log/bot.log(컨테이너로 실행 중이면 그 컨테이너의 로그)에서 해당 시각을 확인해 주세요.
trouble-wrong = 봇의 응답을 읽을 수 없었습니다.
trouble-wrong-do = 봇 프로세스와 제품의 버전이 같은지 확인해 주세요.
trouble-silent = 봇이 아무 말 없이 응답했습니다.
trouble-silent-do = bot/에 규칙이나 문장이 빠져 있습니다. 메시지의 의도는 턴 기록에 있습니다.
trouble-action = 액션이 실패했습니다: { $detail }.
trouble-action-do = 제품 로그의 action.failed에 자세한 오류가 있습니다.
trouble-engine = 봇과 통신하지 못했습니다({ $detail }).
trouble-engine-do = 제품 로그의 engine.down에 자세한 오류가 있습니다.
trouble-failed = 턴이 네 번 실패하여 고객에게 알렸습니다({ $detail }).
trouble-failed-do = 제품 로그의 turn.failed에 자세한 오류가 있습니다.
trouble-orders = 주문 시스템이 응답하지 않았습니다.
trouble-orders-do = FRONTDOOR_ORDERS_URL과 주문 시스템을 확인해 주세요. 제품 로그의 orders.away에 이유가 있습니다.
trouble-undelivered = 메신저로 보낼 메시지 하나를 전달할 수 없습니다.
trouble-undelivered-do = 원인은 ‘전달되지 않음’ 목록에 있으며, 그곳의 버튼으로 다시 보낼 수 있습니다.

## Not delivered
undelivered = 전달되지 않음
nothing-undelivered = 없습니다. 메신저로 보낸 메시지는 모두 도착했거나 보내는 중입니다.
given-up = 포기한 시각
said-by = 보낸 쪽
said-at = 말한 시각
tries = 시도
cause = 원인
role-bot = 봇
role-agent = 상담원
role-system = 시스템
send-again = 다시 보내기
send-all-again = 모두 다시 보내기
sent-again = { $count ->
    [0] 다른 사람이 이미 다시 보냈습니다.
   *[other] 메시지 { $count }건을 다시 보내고 있습니다. 또 실패하면 이 목록에 다시 나타납니다.
 }
not-meant = 운영자 페이지에서 보낸 요청이 아닙니다. 페이지를 열고 그곳의 버튼을 눌러 주세요.
no-letter = 그런 메시지가 없습니다.

## The key
key-title = 운영자 키
key-wanted = 운영자 키가 필요합니다. 데이터 폴더의 operator.key에 있거나 FRONTDOOR_OPERATOR_KEY에 설정한 값입니다.
key-label = 키
key-open = 열기
key-wrong = 키가 맞지 않습니다.
