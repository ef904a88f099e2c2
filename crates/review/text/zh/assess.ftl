# 评估员：工作、席位、判定、证据、陈述意见。

work-none = 尚未为您分配城市。
work-caption = 您的城市
to-rebut = { $n ->
   *[other] { $n } 项分歧待您陈述意见
}
state-slot-open = 进行中
state-slot-sealed = 已封存：您的答案不再变更。
n-of-m-decided = 已判定 { $n } 项，共 { $m } 项
live-home = 该城市当前的门户网站
go-on = 继续
sealed-on = 封存时间：
to-seal = 封存……
show-all = 全部
show-open = 未判定
show-yes = 是
show-no = 否
show-unclear = 不明确
show-blocked = 无法访问
answer-yes = 是
answer-no = 否
answer-unclear = 不明确
answer-blocked = 无法访问
answer-draft = 草稿
answer-open = 未判定
seal-title = 封存：{ $city }
seal-text = 所有指标均已判定。封存后，您的答案不能再更改；待您和另一位评估员均已封存，双方的答案将进行比对。
seal-independent = 我是在不知晓另一位评估员答案的情况下，独立给出这些答案的。
seal-send = 封存
seal-lacking = { $n ->
   *[other] 尚有 { $n } 项指标未判定：
}
seal-lacks = 尚有指标未判定。
what-counts = 符合要求的情形
not-enough = 不符合要求的情形
scope-portal = 只有门户网站上的内容或其链接所指向的内容才算。
scope-any = 该城市的任何渠道均可，以门户网站优先。
machine-says = 机器答案：
evidence = 证据
clean-text = 本项指标不显示机器发现的任何内容，以便了解人员自行查找的结果。请查看门户网站，并添加您找到的内容。
no-candidates = 机器查看了 { $pages } 个地址，未就本项提出建议。这并不等于“否”：请自行查看。
not-surveyed = 尚未对该城市进行采集。请查看门户网站，并添加您找到的内容。
use-this = 采用此摘录：
captured = 采集时间
language = 语言
digest = 数字指纹
click-path = 从首页到达的路径
see-text = 快照文本
see-page = 网页快照
see-live = 当前网页（可能有所不同）
add-evidence = 添加或替换证据
your-answer = 您的答案
field-reason = 理由
field-trail = 查找记录
field-note = 备注
reason-none = –
trail-hint = 答“否”时填写：您还查看了哪里，每行一个地址或一次搜索。
decide = 判定并继续
keep-draft = 存为草稿
previous = 上一项
next = 下一项
you-decided = 您的判定：
yes-needs-evidence = 答“是”至少须有一条网页快照的摘录。请选择或添加一条。
no-needs-trail = 答“否”须提供查找记录：至少一个地址或一次搜索。
needs-reason = 请说明理由。
reason-not_found_after_search = 经查找未发现
reason-info_only_not_service = 只有信息，没有服务
reason-partial = 只有其中一部分
reason-outdated = 内容过时
reason-wrong_portal = 门户网站有误
reason-wrong_entity = 属于其他机构，而非该城市
reason-national_not_local = 属于国家层面，而非地方层面
reason-third_party_site = 第三方网站
reason-other_language = 所用语言本人无法阅读
reason-link_dead = 链接失效
reason-login_wall = 须登录后才能查看
reason-machine_misread = 机器误读
reason-duplicate = 重复
reason-definition_unclear = 定义不明确
rebuttals-title = 分歧
overruled-title = 被改判的答案
see-evidence = 搜索网页快照
drop-passage = 移除此摘录
views = 网页快照的查看方式
address = 地址
receipt-saving = 正在保存……
receipt-saved = 已于 { $time } 保存
receipt-unsaved = 尚未保存：连接已中断。您填写的内容保留在此浏览器中，待连接恢复后提交。
receipt-queued = 您的判定暂存在此浏览器中，待连接恢复后提交。
receipt-sent = 已于 { $time } 提交。您的判定已保存。
receipt-refused = 您的判定未能保存。请重新加载页面，查看当前内容，再重新判定。
receipt-restored = 您于 { $time } 填写的内容当时尚未保存，现已重新填入。
find = 查找
find-words = 在此文本中查找
found-n = { $n ->
   *[other] 找到 { $n } 处
}
found-none = 快照文本中没有这些文字。拼写和重音符号须一致；大小写和换行不影响查找。
found-several = 这些文字在文本中出现不止一次。请填写起止位置，或填写更多文字。
show-place = 显示
use-passage = 采用此摘录
to-passage = 前往标出的摘录
parts = 文本各部分
previous-part = 上一部分
next-part = 下一部分
text-none = 此网页快照没有文本。
choose-title = 选择摘录
field-words = 文本中的原文
words-hint = 请输入或粘贴原文，或在上方文本中选取。如果原文出现不止一次，由您选择其中一处。
places = 改为按位置填写
places-hint = 从文本开头起计的字符数；终点是不再属于摘录的第一个字符。
field-start = 起点
field-end = 终点
passage-wrong = 请填写文本中的原文，最多 2,000 个字符。
static-hint = 此副本不含脚本、图片、表单和链接，因此快照中的任何内容都不会在此运行。图片处显示其说明文字。
static-title = 网页快照的静态副本
static-alone = 单独查看副本
search-captures = 搜索网页快照
search-words = 搜索词
search-hint = 在该城市所有已采集网页的地址和链接文字中搜索，并在被建议作为证据或由您添加的网页的文本中搜索。
captures-n = { $n ->
    [0] 未找到
   *[other] { $n } 个网页快照
}
in-text = 见于文本
added-title = 您添加的网页
added-none = 尚无。
fetch-title = 添加网页
fetch-hint = 请粘贴一个公开网页的地址。系统会获取该网页一次并予以保存，方式与采集所得的网页相同。在两位评估员均封存之前，只有您能看到该网页。
fetch-send = 获取并保存
field-url = 网页地址
url-wrong = 这不是公开的网页地址。地址须以 http:// 或 https:// 开头，且不含用户名或密码。
fetch-not-surveyed = 目前还不能添加网页：该城市分配给您时尚未进行采集。请申请采集。
fetch-refused = 网页未保存：{ $why }
rebuttals-unsealed = 待您和另一位评估员均已封存，即可进行比对。
rebuttals-within = 两份答案的分歧较少，复核员将直接裁定每项分歧，不另行听取您的意见。您稍后可在此查看哪些答案被改判。
rebuttals-over = 两份答案的分歧超过评估活动允许的限度。请就每项分歧说明您是否坚持自己的答案；复核员会在裁定前阅读您的意见。您的答案本身保持不变。
own-answer = 您的答案
other-answer = 对方的答案
final-answer = 最终答案
field-stance = 您的意见是什么？
stance-keep = 我坚持自己的答案
stance-concede = 对方的答案正确
said-keep = 您坚持自己的答案。
said-concede = 您认为对方的答案正确。
field-why = 理由
rebuttal-send = 提交
rebuttal-late = 复核员已对此作出裁定。
rebuttal-once = 您已就此项分歧陈述过意见。
rebuttal-none = 此处没有需要听取您意见的分歧。
rebuttal-why = 请说明您坚持自己答案的理由。
overruled-later = 该城市签核后，您可在此查看哪些答案被改判。
overruled-n = { $n ->
    [0] 您的答案均未被改判。
   *[other] 您有 { $n } 项答案被改判。
}

last-saved = 最后保存
looked-title = 机器查看过以下位置。请勾选您本人查看过的。
decide-refused = 尚未判定。您填写的内容已存为草稿。
live-none = 此网站名称为示例保留名：没有在线页面。
passages = { $n ->
   *[other] { $n } 段引文
}
see-file = 原始文件
