"""Words about names: surnames in Han and Hangul, and words that stand where a name could and are none."""

import re

SURNAMES_HAN = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚"
    "岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇陳張劉楊黃趙吳孫馬鄭謝羅許韓"
    "馮鄧蕭葉蘇呂盧鐘譚陸賈韋鄒龍賀顧龔萬錢嚴湯莊聶魯歐關蘭寧紀畢單蓋"
)
COMPOUND_SURNAMES_HAN = (
    "欧阳",
    "歐陽",
    "司马",
    "司徒",
    "上官",
    "诸葛",
    "夏侯",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "端木",
)
SURNAMES_HANGUL = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현"
    "함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감호음빈동온"
)
_PARTICLES = "van von der den de del della di da dos du la le el al bin ibn ter ten te af av zu y e"
PARTICLES = frozenset(_PARTICLES.split())

# Several of these begin with a surname: 고객 (customer), 顾客 (customer), 何时 (when).
NOT_HAN = re.compile(
    r"[不没嘛吗呢什怎么哪的了我你您他她它们要想请退换货订单买收快递钱款问题查询催投诉这那是有在"
    r"去来说给把被让就都还也很太]"
    r"|"
    r"客户|顾客|顧客|会员|用户|买家|卖家|学生|客服|人工|谢谢|随便|方便|保密|"
    r"匿名|电话|邮箱|名字|姓名|好的|可以|知道|时候|高兴|取消|算|经理$|何时|"
    r"万一|马上|安排|全部|应该|简单|和平|成功|包裹|商品|关于|连接|麻烦|易碎|"
    r"时间"
)
WHOLE_NOT_HAN = frozenset(
    {
        "谢谢",
        "多谢",
        "感谢",
        "顾客",
        "高级会员",
        "黄金会员",
        "金卡会员",
        "再见",
        "安全",
        "方便",
        "算了",
        "你好",
        "您好",
    }
)
NOT_HANGUL = re.compile(
    r"알려|괜찮|글쎄|나중|런데|했는|됩니|고객|회원|구매|주문|한국|사람|학생|환불|배송|반품|교환|상담|문의|안녕|"
    r"감사|싫|몰라|모르|없|아니|아뇨|그냥|왜|뭐|언제|어디|어떻|이름|메일|전화|"
    r"번호|비밀|익명|패스|빨리|제발|주세|해줘|해주|하세|합니|습니|니까|나요|"
    r"까요|어요|아요|네요|데요|거든|이거|그거|저거|지금|오늘|내일|어제|여기|"
    r"거기|저기|정말|진짜|그만|취소|됐어|직원|남자|여자|엄마|아빠|사용|이용|"
    r"기다|화가|급해|상품|물건|하나|모두|전부|도와|도움|좋|맞|네네|예예|안돼|"
    r"안되|필요|신규|방금|처음"
)
_NOT_LATIN = """
monday tuesday wednesday thursday friday saturday sunday christmas easter
canadian belgian spanish italian japanese polish swedish danish norwegian indian australian swiss european
a an the this that these those it its is are am was were be been i im me my mine you your yours he
she we us our they them not no yes yeah yep nope ok okay sure hi hello hey thanks thank thx please
pls help what why when how where who which whose can could would should do does did have has had
want need know like just only still already also order orders number refund refunds return returns
package parcel delivery shipping invoice money item items product account password email mail
e-mail phone address agent human person somebody someone nobody support service bot robot customer
buyer user name skip pass none nothing anonymous private secret whatever never mind stop cancel
forget later wrong broken damaged late missing lost angry annoying annoyed ridiculous urgent
unacceptable terrible awful stupid very really so too and or but if because for from with without
about to of in on at by as today tomorrow yesterday now again back here there good bad great fine
right correct maybe sorry dont don't cant can't wont won't didn't isn't i'm i've i'd i'll that's
it's dutch german french english chinese korean american british new old first last shoes shirt
lamp chair table kettle grinder pan sofa pillow blanket colour color size blue red green black
white go get give got call speak talk tell say see wait checking asking trying looking waiting
going using writing being having spelled misspelled printed listed shown showing something anything
everything unknown test
"""
NOT_LATIN = frozenset(_NOT_LATIN.split())
