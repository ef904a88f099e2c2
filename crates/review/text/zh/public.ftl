# 城市的一页结果：供市长阅读，不用只有专家才懂的词。

sheet-title = { $city }：一页看结果
sheet-open = 一页看结果
sheet-edit = 修改信息
sheet-release = 第{ $n }次发布
sheet-score = 结果
sheet-of-points = 分（满分{ $of }分）
sheet-percent = { $share }%
sheet-level = 等级：
sheet-levels = 等级：
sheet-rank = 在{ $cities }个城市中排第{ $rank }
sheet-rank-shared = 在{ $cities }个城市中排第{ $rank }，{ $sharing }个城市并列
sheet-unranked = 没有排名：并非所有城市都已发布。
sheet-criteria = 各主题得分
sheet-first = 先做什么
sheet-first-text = 以下各项在城市网站上都没有找到，每补上一项得一分，最容易的排在最前。{ $count }项全部完成后：{ $n }分（满分{ $of }分，{ $share }%）。
sheet-whole = 没有缺项：所问的内容该市都有。请保持更新。
sheet-steps = 最初几步
sheet-effort = 工作量：
sheet-owner = 找谁办：
sheet-peer = 范例：{ $city }
sheet-no-peer = 本次发布中没有范例
sheet-question = 依据：第{ $code }题
sheet-edited = 文字：{ $person }，{ $date }
sheet-next = 接下来（从易到难）
sheet-next-text = 再加上这些：{ $n }分（满分{ $of }分，{ $share }%）。
sheet-lacking =
    { $n ->
       *[other] 总共缺{ $n }分。
    }
sheet-partial = 本次发布中，该市并非每项指标都有答案，因此没有得分可显示。
sheet-missing = 缺少的内容
sheet-strong = 强项：少有其他城市具备
sheet-strong-of = { $of }个其他城市中有{ $n }个具备
sheet-strong-none = 该市具备的，其他城市也都具备。
sheet-alone = 本次发布中没有其他城市可以比较。
sheet-change = 与{ $campaign }（{ $date }）相比，在两次都问到的{ $n }题上：从{ $before }分到{ $after }分，新增{ $gained }项，失去{ $lost }项。
sheet-change-none = 没有更早的结果可以比较。
sheet-sure = 结果有多可靠
sheet-agreement = 两人在互不知道答案的情况下，{ $n }题中有{ $same }题答案一致（{ $share }%；95%区间：{ $low }%至{ $high }%）；不一致处由第三人裁定。
sheet-agreement-none = 不知道两人的答案在多大程度上一致。
sheet-signed = { $person }于{ $date }签署了全部答案。
sheet-evidence = 网页查看时间：{ $first }至{ $last }。
sheet-evidence-day = 网页查看日期：{ $first }。
sheet-denominator = 共问{ $n }题；得分除以{ $of }，与公布的数值一致。
sheet-address = 每个答案及其依据
sheet-checkpoint = 记录的封印：
sheet-unsigned = 记录已封存，尚未签名。

messages-text = 城市页面对所有人公开。在此可以为该市、以该语言替换页面上的文字；页面会注明由谁、何时撰写，审计日志会保留。留空则恢复通常的文字。
messages-unreleased = 该市尚未出现在任何发布中，没有可写的内容。
messages-none = 没有可写的内容：没有缺项，或该问卷没有建议。
messages-missing = 缺少什么
messages-why = 为什么重要
messages-send = 使用这些文字
messages-not-missing = 最近一次发布中，该市对该指标没有“否”的答案。
