"""A small shop: three things customers want, typed in a few ways, and what is not for a shop at all."""

from typing import Dict, List, Sequence

import numpy as np
from components.intents import OUT_OF_SCOPE, IntentModel, Reading

SAID: Dict[str, List[str]] = {
    "refund": ["我要退款", "退款多久到账", "钱什么时候退给我", "申请退款", "退款没收到", "怎么退钱"],
    "order_status": ["我的包裹到哪了", "查一下快递", "物流信息没更新", "快递到哪里了", "包裹还没到", "查物流"],
    "invoice": ["开一张发票", "发票抬头写错了", "需要电子发票", "发票怎么开", "我要发票", "补开发票"],
    "account_access": ["忘记密码", "登录不了账号", "密码怎么重置", "账号被锁了", "无法登录", "重置密码"],
}
STRANGERS = [
    "今天天气怎么样", "讲个笑话", "谁是总统", "推荐一部电影", "股票会涨吗", "写一首诗", "一加一等于几", "唱首歌",
    "附近有餐厅吗", "帮我写作业", "世界杯谁赢了", "怎么学英语", "你喜欢我吗", "火车几点开", "比特币多少钱", "做饭教程",
    "狗不吃饭怎么办", "感冒吃什么药", "翻译这句话", "几点了", "去北京的机票",
]  # fmt: skip


def blank(texts: Sequence[str]) -> np.ndarray:
    """Vectors of a language the encoder does not know."""
    return np.zeros((len(texts), 4), dtype=np.float32)


def fitted(said: Dict[str, List[str]]) -> IntentModel:
    """A model of Chinese texts, which are told apart by their characters alone."""
    texts = [text for texts in said.values() for text in texts]
    return IntentModel("han", False).fit(texts, [name for name, texts in said.items() for _ in texts], blank(texts))


def read(model: IntentModel, text: str) -> Reading:
    return model.read([text], blank([text]))[0]


SHOP = {**SAID, OUT_OF_SCOPE: STRANGERS}
