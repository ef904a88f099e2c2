# 各屏幕通用的词语和消息。

number = { $n }
n-of-m = { $n } / { $m }

skip = 跳至正文
nav = 主导航
nav-work = 我的工作
nav-cities = 城市
nav-campaigns = 评估活动
nav-people = 人员
nav-appeals = 申诉
nav-drift = 变化
nav-agreement = 一致性
nav-exports = 导出
nav-audit = 审计日志
nav-releases = 发布版本
nav-help = 帮助
crumbs = 当前位置
steps = 步骤
filter = 筛选

sign-in = 登录
sign-out = 退出登录
sign-in-needed = 请登录后继续。
sign-in-wrong = 化名或密码错误。
kept-while-out = 您的登录已结束。您填写的内容会一并保留：登录后可再次提交。
kept-title = 您填写的内容
kept-text = 这些内容提交之前，您已被退出登录，因此尚未保存任何内容。请核对后再次提交。
what-you-sent = 您提交的内容
send-again = 再次提交
start-over = 重新开始
to-start = 返回首页

setup-title = 首位管理员
setup-text = Portolan 在此处首次运行。令牌已在启动程序处显示。首位管理员负责管理人员和评估活动，不作任何判定。
setup-send = 创建管理员
welcome-title = 设置密码
welcome-text = 此链接只能使用一次。您在系统中的化名是
welcome-send = 设置密码并登录
password-hint = 至少 12 个字符；使用一句话较易记住。可以从密码管理器中粘贴。
password-short = 密码少于 12 个字符。
password-long = 密码超过 256 个字符。
password-common = 此密码过于常见，极易被猜到。请另选一个。
password-name = 密码中包含化名。请另选一个。
link-wrong = 此令牌或链接有误、已被使用或已过期。请向管理员索取新的令牌或链接。
pseudonym-wrong = 化名至少有两个字符，不含空格：只能使用 a 至 z、0 至 9 和 -。
pseudonym-taken = 此化名已有人使用。请另选一个。

field-person = 化名
field-pseudonym = 化名（在各处代表您，包括对外公开时）
field-name = 姓名
field-password = 密码
field-new-password = 新密码
field-token = 令牌
field-answer = 答案
field-pick = 证据

field-missing = 此项必填。
field-long = 内容过长。
field-many = 数量过多。
field-unknown = 该值不在可选范围内。
field-number = 此处须填写整数。

unknown-title = 未找到
unknown-text = 此地址没有内容，或者您无权查看。
forbidden-title = 您无权访问
not-yours = 按您的职责，目前不能在此进行这项操作。
other-site = 此请求来自其他网站或已过期的页面。请重新加载页面，再从该页面提交。
token-reads-only = 此令牌只能用于读取。
wrong-title = 请更正以下内容
wrong-text = 尚未完成：有内容需要更正。您填写的内容见下方。
stale-title = 内容已有变动
stale-text = 您打开此页面之后，此项已在其他窗口或由其他程序作出判定。原有内容未被覆盖。请查看当前内容，再重新判定。
conflict-title = 目前无法进行此操作
once-used = 此前已用同一标识提交过其他内容。请重新加载页面。
too-many-title = 尝试次数过多
too-many-text = { $minutes ->
   *[other] 请等待 { $minutes } 分钟后再试。
}
broken-title = 系统发生故障
broken-text = 故障已记入程序日志。凡已向您确认的内容均未丢失。请再试一次；如果问题仍然存在，请告知管理员。

said-saved = 已保存。
said-decided = 已判定。
said-sealed = 已封存。
said-signed-in = 已登录。
said-signed-out = 已退出登录。
said-password = 密码已更改，其他会话均已结束。
said-added = 已添加。
said-begun = 已启动。
said-ruled = 已裁定。
said-signed-off = 已签核。
said-released = 已发布。
said-sent = 已提交。

city = 城市
campaign = 评估活动
round = 轮次
progress = 进度
due = 截止日期
state = 状态
