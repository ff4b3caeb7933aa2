// '왜'에 쓰는 한국어.
export default {
  title: '챗봇이 이렇게 답한 이유', turn: (number, when) => `챗봇의 ${number}번째 답변, ${when}`,
  failed: '이 답변은 시도할 때마다 실패해서 챗봇이 사과만 했습니다. 원인은 로그에 있습니다.',
  parts: { decided: '무엇으로 결정했나', meant: '고객이 원한 것', nearest: '학습한 예문 중 가장 가까운 것', articles: '찾아본 문서', person: '상담원이 필요한가?', versions: '버전' },
  how: {
    read: '메시지를 읽고 그 뜻에 따라 처리했습니다.', rejected: '챗봇이 배운 어떤 내용과도 비슷하지 않은 메시지입니다.', button: '고객이 버튼을 눌렀습니다:',
    reply: '챗봇이 주문에 대해 물은 것에 대한 답입니다.', form: '고객이 문의 양식을 작성하는 중이었습니다.', fetched: '상담원을 불렀습니다:',
    plain: '챗봇의 언어 이해 기능이 작동하지 않아 간단한 규칙으로 처리했습니다.',
  },
  awaiting: {
    helped: '그 전에 챗봇이 답변이 도움이 되었는지 물었습니다.', choice: '그 전에 챗봇이 고를 문서를 보여 주었습니다.', ticket_offer: '그 전에 챗봇이 문의 접수를 제안했습니다.',
    language_offer: '그 전에 챗봇이 다른 언어의 문서를 제안했습니다.', order_number: '그 전에 챗봇이 주문번호를 물었습니다.', order_contact: '그 전에 챗봇이 주문 시 연락처를 물었습니다.',
  },
  rule: '규칙', actions: '한 일', engineDown: '문제', order: '주문', handover: '넘긴 이유',
  does: {
    action_answer: '답 찾기', action_open_article: '고른 문서 열기', action_show_offered: '제안한 문서 보여 주기', action_which_one: '어느 것인지 묻기', action_that_helped: '도움이 되었음을 기록',
    action_did_not_help: '다른 답 찾기', action_find_order: '주문 조회', action_without_order: '주문 없이 계속', action_complaint: '불만 접수', action_suggestion: '제안 기록',
    action_request_person: '상담원 부르기', action_note_details: '정보 기록', action_decline_offer: '제안 취소', action_open_ticket: '문의 접수', ticket_form: '문의 양식', validate_ticket_form: '양식 답변 읽기',
  },
  orders: { told: '상태를 알려 줌', not_told: '알려 주지 않음', order_system_away: '주문 시스템이 응답하지 않음', goes_on_with_an_article: '앞서 안내한 도움말에 이어진 질문', a_general_question: '일반 질문이라 문서로 답함', no_orders_to_look_up: '조회할 주문이 설정되지 않음' },
  known: (what) => `추측이 아니라 이미 알고 있던 뜻입니다: ${what}.`, read: (what, share) => `‘${what}’(으)로 이해했습니다. 확률 ${share}.`,
  second: (what, share, margin) => `다음은 ‘${what}’ ${share}, 차이 ${margin}.`,
  ours: (share, line) => `우리 업무에 해당합니다: ${share} (기준 ${line}).`, strange: (share, line) => `우리 업무가 아닙니다: ${share}, 기준 ${line}.`,
  asked: '찾아본 내용:', told: '(고객에게 안내함)', outcomes: { answer: '답변했습니다.', suggest: '문서를 추천했습니다.', none: '답을 찾지 못했습니다.' },
  sure: (share, answer, suggest) => `확신 ${share}. ${answer}부터 답변하고 ${suggest}부터 추천합니다.`,
  weight: '가중치', sum: '문서의 합계는 각 점수에 가중치를 곱해 더한 값입니다.',
  columns: {
    example: '예문', standsFor: '뜻', similarity: '유사도', probability: '확률', article: '문서', total: '합계', sign: '징후', weight: '가중치', quote: '고객의 말',
    sentence: '가장 가까운 문장', sentences: '가까운 세 문장', passage: '단락', name: '제목', asked: '등록된 질문과 비슷함', late: '단어별 비교', weakest: '가장 약한 단어',
    words: '같은 단어', name_words: '제목의 단어', chars: '같은 글자', name_chars: '제목의 글자',
  },
  decisions: { go_on: '챗봇이 계속합니다.', acknowledge: '챗봇이 감정에 먼저 공감합니다.', offer: '챗봇이 상담원 연결을 제안합니다.', hand_over: '상담원이 필요합니다.' },
  likely: (share) => `가능성 ${share}.`, lines: (feeling, offer, over) => `감정이 드러나고 ${feeling} 이상이면 감정에 공감하고, ${offer}부터 상담원을 제안하고, ${over}부터 상담원을 부릅니다.`, strongest: (sign) => `가장 강한 징후: ${sign}.`,
  model: '챗봇 모델', index: '문서', unchanged: '그 뒤로 바뀐 것이 없습니다.', changed: (what) => `그 뒤로 바뀐 것: ${what}.`,
  changes: { model: '챗봇 모델', index: '문서', hours: '운영 시간', wording: '문구', search: '검색 가중치', detection: '감정 감지' },
  cut: '내용이 많아 이 답변에는 모두 남아 있지 않습니다.', replay: '챗봇이 다시 생각하게 하려면 Frontdoor가 실행되는 서버에서 다음을 실행하세요:',
};
