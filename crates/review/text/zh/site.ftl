# Report of a campaign and the folder of pages made of a release.

site-percent = { $n }%
site-share = { $of } 项中的 { $n } 项（{ $share }）
site-of = 共 { $n }
site-undefined = 未定义：没有可计数的内容
site-undefined-one = 未定义：所有答案都相同
site-rank-shared = 并列 { $n }
site-parts = 报告页面
site-languages = 语言
site-as-table = 以表格显示

site-title-report = { $campaign }：结果（发布版本 { $n }）
site-title-cities = { $campaign }：各标准下的城市（发布版本 { $n }）
site-title-indicators = { $campaign }：指标（发布版本 { $n }）
site-title-lessons = { $campaign }：经验总结（发布版本 { $n }）
site-title-answers = { $city }：全部答案
site-part-report = 概览
site-part-cities = 城市
site-part-indicators = 指标
site-part-lessons = 经验总结

site-lead = { $cities } 个城市，每个城市就其门户网站回答 { $indicators } 个是非问题。每个答案都由两人决定；两人不一致时由审核人裁定。
site-cities = 城市
site-apart = 没有得分的城市
site-apart-says = 没有得分也不排名，因为并非每个答案都已确定：
site-mean = 平均得分
site-median = 得分中位数
site-highest = 最高
site-lowest = 最低
site-evidence = 证据采集时间
site-unranked = 本次评估的部分城市不在此版本中，因此不排名。城市按字母顺序排列。

site-levels = 等级
site-levels-caption = 各等级的城市数量
site-above = 得分高于
site-share-of-cities = 城市占比
site-where = 城市所处位置
site-map = 城市地图
site-map-says = 每个城市一个标记，按等级由高到低为：实心圆、带点圆环、圆环、叉号。已知城市位置时标记在城市处，否则在其国家中部。
site-map-caption = 按国家列出的城市及其等级
site-country = 国家
site-unplaced = 有 { $n } 个城市因位置未知而不在地图上。
site-dots = 得分，由高到低
site-dots-says = 每个城市一个标记。线段连接得分和名次相同的城市。
site-dots-says-unranked = 每个城市一个标记，按字母顺序排列。线段连接得分相同的相邻城市。
site-scores = 所有城市的得分

site-wins = 最容易取得的进步
site-wins-says = 在只需少量工作的指标中，以下是最多城市缺少的。
site-wins-caption = 容易的指标，按缺少它的城市数量排列
site-missing-in = 缺少它的城市
site-wins-more = 所有指标

site-change = 变化
site-change-since = 自 { $earlier } 以来。
site-change-corrected = 自 { $earlier } 以来，本版本对其作了更正。
site-change-over = 比较了两者中含义相同的 { $n } 个问题。
site-slope = 答“是”的占比，之前与现在
site-slope-says = 每个城市一条线；上升为实线，下降为虚线。
site-slope-says-many = 每个城市一条线；上升为实线，下降为虚线。标出变化最大的城市。
site-before = 之前
site-after = 现在
site-gained = 增加
site-lost = 减少

site-agreement = 答案的一致程度
site-agreement-says = 每个问题由两人各自独立回答。这是在任何人裁定之前，两人答案相同的比例。
site-agreed = 答案相同
site-interval = 95% 区间（Wilson）
site-over = 差异超过 { $threshold }% 的城市；每处差异都已裁定
site-lessons-more = 难点与经验

site-method = 结果如何得出
site-method-score = 城市得分是答“是”的指标数除以 { $of }。每个指标权重相同；共 { $indicators } 个。
site-method-denominator = 共问 { $indicators } 个指标，而除以 { $of }，与联合国公布的指数一致，以便比较。具备全部指标的城市得分略低于 100%。
site-method-bands = 等级取自问卷的版本。得分恰在界限上的属于较低等级。
site-method-people = 程序访问门户网站并提出证据，但不作任何决定。两人各自独立回答。两人不一致时，由不属于两者的审核人裁定，再由高级审核人签核该城市。
site-method-evidence = 查看过的每个页面都逐字节保存，并带有时间和摘要。每个“是”都指向此类页面上的文字。这里没有任何内容仅依据程序的建议。
site-method-checkpoint = 本版本是只能增长的日志中的一条记录。此签名根涵盖它；凭此和审计包，任何人都能核对每个数字。
site-method-unsigned = 本版本的日志尚未签名。
site-data = 数据
site-file-release = 发布版本，含每个城市的记分卡和检查点（JSON）
site-file-indicators = 问题、具备每项的城市数量以及所有语言的建议（JSON）
site-file-scores = 每个城市一行（CSV）
site-file-answers = 每个答案一行（CSV）

site-heat-says = 城市具备每个标准下多少个指标。单元格颜色越深，占比越大。
site-heat-caption = 各标准下的城市：答“是”的数量

site-indicators-says = 具备每个指标的城市数量，按标准分列，最常见的在前。列表末尾的是多数城市缺少的。
site-bars = { $criterion }：城市占比
site-bars-says = 每个指标一条；越长，具备它的城市越多。
site-have = 具备它的城市
site-effort = 工作量

site-lessons-says = 本次评估的难点，以便下次做得更好。所有数字均由已发布的轮次计算；不提及任何人。
site-coefficients-says = 任何单个数字都不足以说明问题：当几乎所有答案都相同时，即使几乎没有差异，kappa 和 alpha 也会下降。
site-kappa = Cohen κ 系数
site-alpha = Krippendorff α 系数
site-ac1 = Gwet AC1 系数
site-prevalence = 答“是”的比例
site-hard = 存在分歧的问题
site-hard-says = 如果两个认真的人常在某个问题上有分歧，这个问题就应改进措辞，或需要举例。
site-hard-caption = 一致程度最低的指标
site-hard-none = 所有问题都没有分歧。
site-open = 无法回答的问题
site-open-says = 不明确或无法访问：页面没有说明，或无法打开。
site-open-caption = “不明确”或“无法访问”最多的指标
site-open-answers = 不明确或无法访问
site-open-none = 每个问题都回答了“是”或“否”。
site-reasons = 给出的理由
site-reasons-says = 人们为答案或裁定从理由列表中选择的内容。
site-reasons-caption = 答案的理由
site-reasons-none = 没有答案给出理由。
site-rulings-caption = 裁定的理由
site-rulings-none = 没有需要裁定的内容。
site-times = 次数
site-corrections = 差异、申诉和更正
site-corrections-says = 城市可以对已公布的结果提出申诉；更正意味着新的一轮和新的发布版本。
site-over-cities = 差异超过阈值的城市
site-reopened = 重新开启的轮次
site-appeals = 针对本版本的申诉
site-appeals-reopened = 其中引起新一轮的
site-appeals-declined = 其中被驳回的
site-time = 所用时间
site-time-says = 指将所有城市排序后居中的那个城市。
site-days = 从首个答案到签核的天数
site-minutes = 一人在一个城市上工作的分钟数
site-minutes-none = 没有测量人们的工作时间。

site-criterion = 标准
site-yes-of = 是
site-criteria-caption = 各标准得分
site-missing = 未找到
site-there = 已找到
site-city-data = 该城市的数据（JSON），含每个答案的溯源
site-foot = 由 Portolan 制作。此文件夹不需要服务器或脚本，可原样复制。
