# التسوية والنشر: المدن والمقارنة والأحكام والاعتماد النهائي والإصدارات والاعتراضات والتتبّع وتصدير البيانات.

settled-signed-off = اعتُمدت المدينة نهائياً في هذه الجولة. وأي تغيير يتطلب جولة جديدة.

cities-none = لا توجد بعد حملة تضم مدناً.
cities-caption = كل مدينة في أحدث جولاتها
cities-slot = المسار
cities-slot-a = المسار A
cities-slot-b = المسار B
cities-differences = الاختلافات
cities-sealed-yes = مختوم
cities-sealed-no = غير مختوم
cities-sealed-hidden = لا يُعرض عليك
cities-n-of-m = { $n } من { $m } ({ $share }٪)
cities-state-listed = غير مسندة
cities-state-assessing = قيد التقييم
cities-state-sealed = خُتم المساران
cities-state-within = بانتظار الأحكام، ضمن العتبة
cities-state-over = بانتظار الاستماع والأحكام، فوق العتبة
cities-state-ruled = صدرت جميع الأحكام
cities-state-signed_off = معتمدة نهائياً
cities-title = { $city }، الجولة { $round }
cities-compared = المقارنة
cities-share = { $n ->
    [zero] لا يختلف المساران في أي مؤشر من أصل { $m }: { $share } في المائة.
    [one] يختلف المساران في مؤشر واحد من أصل { $m }: { $share } في المائة.
    [two] يختلف المساران في مؤشرين من أصل { $m }: { $share } في المائة.
    [few] يختلف المساران في { $n } مؤشرات من أصل { $m }: { $share } في المائة.
    [many] يختلف المساران في { $n } مؤشراً من أصل { $m }: { $share } في المائة.
   *[other] يختلف المساران في { $n } مؤشر من أصل { $m }: { $share } في المائة.
}
cities-rule = العتبة { $threshold } في المائة (السياسة رقم { $policy }). والنسبة التي تزيد عليها تكون فوق العتبة؛ أما نسبة { $threshold } في المائة تماماً فلا.
cities-rule-inclusive = العتبة { $threshold } في المائة (السياسة رقم { $policy }). والنسبة التي تبلغ { $threshold } في المائة أو أكثر تكون فوق العتبة.
cities-rule-least = { $n ->
    [zero] وبما أن عدد المؤشرات { $m }، فإن ذلك يعني أي عدد من الاختلافات.
    [one] وبما أن عدد المؤشرات { $m }، فإن ذلك يعني اختلافاً واحداً أو أكثر.
    [two] وبما أن عدد المؤشرات { $m }، فإن ذلك يعني اختلافين أو أكثر.
    [few] وبما أن عدد المؤشرات { $m }، فإن ذلك يعني { $n } اختلافات أو أكثر.
    [many] وبما أن عدد المؤشرات { $m }، فإن ذلك يعني { $n } اختلافاً أو أكثر.
   *[other] وبما أن عدد المؤشرات { $m }، فإن ذلك يعني { $n } اختلاف أو أكثر.
}
cities-path-within = هذه المدينة ضمن العتبة: يُصدر المراجِع حُكماً في كل اختلاف.
cities-path-over = هذه المدينة فوق العتبة: يُبحث أولاً عن سبب مشترك؛ ويُستمع إلى المقيِّمَين كليهما في كل اختلاف، ثم يُصدر المراجِع حُكمه.
cities-path-none = لم تُجرَ المقارنة بعد.
cities-rule-means = يصدر حُكم في كل اختلاف في الحالتين. والعتبة لا تحدد إلا الإجراء المتبع؛ ولا تدل على جودة الإجابات.
cities-causes = الأسباب المشتركة المرجحة
cities-cause-reason = السبب «{ $what }» في { $n } من الاختلافات
cities-cause-criterion = المعيار «{ $what }» في { $n } من الاختلافات
cities-cause-host = أدلة من { $what } في { $n } من الاختلافات
cities-totals = مجاميع إجابات المسارين
cities-totals-hint = تساوي المجاميع لا يعني تطابق الإجابات: فالاختلافات تُحسب لكل مؤشر على حدة.
cities-by-criterion = الاختلافات بحسب المعيار
cities-criterion = المعيار
cities-no-differences = لا اختلاف بين المسارين.
cities-item-hear = بانتظار الاستماع
cities-item-rule = بانتظار الحُكم
cities-item-ruled = صدر الحُكم
cities-contradictions = إجابات متوافقة تناقض ما يكاد النظام الآلي يجزم به
cities-no-contradictions = لا توجد.

rule-first = الإجابة الأولى
rule-second = الإجابة الثانية
rule-take = اعتماد هذا المقتطف دليلاً:
rule-name = المقيِّم:
rule-shown = ما عُرض من النظام الآلي
rule-assist-evidence_only = المقتطفات، دون الاستنتاج
rule-assist-reveal_after_commit = المقتطفات، ثم الاستنتاج بعد الإجابة الأولى
rule-assist-verdict_shown = المقتطفات والاستنتاج
rule-assist-clean = لا شيء
rule-assist-mixed = ليس متماثلاً للمقيِّمَين
rule-heard = الرأي في الاختلاف
rule-keeps = تمسّك بالإجابة
rule-concedes = تراجع عن الإجابة
rule-absent = تعذّر الاستماع: حساب المقيِّم معطَّل.
rule-no-evidence = لا تشير أي من الإجابتين إلى مقتطف.
rule-outcomes = الإجابتان
rule-order-hint = حُدد ترتيب الإجابتين عشوائياً لهذا المؤشر.
rule-machine = ما اقترحه النظام الآلي
rule-no-machine = لم يقترح شيئاً هنا.
rule-yours = حُكمك
rule-answer = الإجابة النهائية
rule-evidence-hint = تستند الإجابة بـ «نعم» إلى مقتطف واحد على الأقل: يُرجى اختياره أعلاه، من أي من الإجابتين أو مما اقترحه النظام الآلي.
rule-send = إصدار الحُكم
rule-ruled = الحُكم:
rule-unheard = هذه المدينة فوق العتبة. وقبل إصدار الحُكم، يجب الاستماع إلى المقيِّم صاحب ما يلي:
rule-absent-hint = إذا كان حساب المقيِّم معطَّلاً، يُرجى تسجيل ذلك هنا؛ وتبقى الإجابة كما قُدّمت.
rule-absent-first = تعذّر الاستماع إلى صاحب الإجابة الأولى
rule-absent-second = تعذّر الاستماع إلى صاحب الإجابة الثانية
rule-heard-already = لم يعد هناك ما يُستمع إليه من هذا المسار.
rule-still-here = لا يزال المقيِّم نشطاً ويمكن الاستماع إليه.
rule-agreed = المقيِّمان متفقان هنا. يُرجى فحص الإجابة ضمن العيّنة وتسجيل الشك فيها أولاً.
rule-show-names = إظهار الأسماء
rule-names-hint = يُسجَّل في سجل التدقيق كل من يطلب الأسماء.

inspect-to = فحص العيّنة
inspect-title = { $city }: إجابات متوافقة مطلوب فحصها
inspect-text = اتفق المقيِّمان على هذه الإجابات. يُرجى التحقق مع ذلك من صحة كل إجابة. وما يُشك فيه يتطلب حُكماً.
inspect-none = لا يوجد ما يستلزم الفحص.
inspect-sample = عيّنة الإجابات المتوافقة
inspect-count = فُحص { $n } من { $m }.
inspect-why-drawn = اختيرت عشوائياً.
inspect-why-contradicts = تناقض ما يكاد النظام الآلي يجزم به.
inspect-why-rare = يتوافر ذلك لدى معظم المدن الأخرى المعتمدة نهائياً.
inspect-question = هل الإجابة صحيحة؟
inspect-stands = تبقى الإجابة قائمة
inspect-doubted = الإجابة مشكوك فيها
inspect-send = حفظ
inspect-differs = المساران غير متوافقين هنا؛ ويتطلب الأمر حُكماً.
inspect-needs-note = يُرجى بيان موضع الشك.

gates-title = قبل الاعتماد النهائي
gate-passed = ✓ مستوفى
gate-lacking = ✗ غير مستوفى
gate-sealed = المساران مختومان
gate-compared = أُجريت المقارنة بينهما
gate-ruled = صدر حُكم في كل اختلاف
gate-sample = فُحصت العيّنة
gate-doubts = صدر حُكم في كل ما شُكّ فيه
gate-evidence = لكل إجابة بـ «نعم» أدلة، وترد كلماتها في المواضع المذكورة
gate-finals = لكل مؤشر إجابة نهائية

sign-off-to = الاعتماد النهائي
sign-off-title = { $city }: الاعتماد النهائي
sign-off-done = الاعتماد النهائي بتوقيع
sign-off-digest = البصمة الرقمية للإجابات النهائية:
sign-off-lacks = لا يمكن اعتماد المدينة نهائياً بعد:
sign-off-text = اكتملت جميع الخطوات. وبالاعتماد النهائي تصبح هذه الإجابات نهائية؛ ولا يمكن تغييرها إلا في جولة جديدة.
sign-off-send = الاعتماد النهائي
sign-off-others = اكتملت جميع الخطوات. ويعتمد المدينةَ نهائياً أحد كبار المراجعين ممن لم يقيّموا هنا ولم يُصدروا حُكماً.
sign-off-unsigned = تم الحفظ، لكن تعذّر توقيع السجل. يُرجى إبلاغ المشرف: سيُوقَّع السجل مع التوقيع التالي.

reopen-title = إعادة النظر
reopen-text = تُطرح مؤشرات مختارة من جديد في جولة جديدة. وتبقى إجابات هذه الجولة كما هي، وتظل منشورة إلى حين صدور إصدار جديد.
reopen-cause-error-found = اكتُشف خطأ
reopen-cause-drift = تغيرت البوابة
reopen-cause-new-information = توافرت معلومات جديدة
reopen-send = بدء جولة جديدة
reopen-not-signed = لا يمكن إعادة النظر إلا في مدينة معتمدة نهائياً.
reopen-begun = بدأت بالفعل جولة جديدة لهذه المدينة. يُرجى إنهاؤها أولاً.
field-cause = سبب إعادة النظر
field-codes = المؤشرات

release-none = لم يُنشر شيء بعد.
release-caption = الإصدارات المنشورة، الأحدث أولاً
release-number = الإصدار
release-at = تاريخ النشر
release-cities = المدن
release-reason = السبب
release-corrects = التصحيحات
release-corrects-n = يصحّح الإصدار { $n }
release-corrected-by = صحّحه الإصدار { $n }
release-old = يوجد إصدار أحدث. ويظل هذا الإصدار متاحاً للاطلاع كما نُشر.
release-publish = نشر إصدار
release-publish-text = يضم الإصدار جميع مدن الحملة في أحدث جولة معتمدة نهائياً لكل منها. والتصحيح إصدار إضافي يذكر الإصدار السابق؛ ويظل كلاهما متاحاً للاطلاع.
release-why = سبب هذا الإصدار، للجمهور
release-send = نشر
release-same = لم تُعتمد أي مدينة نهائياً منذ الإصدار الأخير: لا يوجد ما يُنشر.
release-title = { $campaign }، الإصدار { $n }
release-publisher = الناشر
release-instrument = الأسئلة
release-digest = البصمة الرقمية للإصدار
release-ranked = تضم القائمة جميع مدن الحملة مع إجابة عن كل مؤشر، ولذلك رُتّبت المدن.
release-unranked = تنقص بعض مدن الحملة أو بعض إجاباتها، ولذلك لا ترتيب للمدن؛ وهي ترد بالترتيب الأبجدي.
release-scores = الدرجات
release-scores-of = الدرجات: عدد الإجابات بنعم من أصل مجموع نقاط الاستبيان البالغ { $of }
release-rank = الترتيب
release-score = الدرجة
release-band = المستوى
release-notes = ملاحظات
release-points = { $n } من { $of } ({ $share }٪)
release-note-partial = لا توجد إجابة عن بعض المؤشرات.
release-note-over = تجاوزت الاختلافات بين المقيِّمَين العتبة؛ وصدر حُكم في كل اختلاف.
release-answers = الإجابات عن جميع المؤشرات
release-indicator = المؤشر
release-trace = التتبّع

appeal-title = هل ثمة خطأ؟
appeal-text = يُرجى ذكر المؤشر وموضع وجوده. وسينظر أحد المراجعين في الاعتراض؛ ولا تتغير أي إجابة إلا في جولة جديدة وإصدار جديد.
appeal-url = عنوان الصفحة
appeal-url-wrong = ليس هذا عنواناً على الويب. يبدأ العنوان بالبروتوكول http أو https.
field-comment = التعليق
field-contact = وسيلة الاتصال بك (اختياري)
appeal-send = إرسال
appeal-none = لم يرد أي اعتراض بعد.
appeal-reopen = إعادة النظر في جولة جديدة
appeal-decline = رفض الاعتراض
appeal-reopened = أُعيد النظر
appeal-declined = رُفض
appeal-answer = الرد
appeal-settle = تسوية الاعتراض
appeal-settled = سبقت تسوية هذا الاعتراض.
field-outcome = نتيجة النظر في الاعتراض

trace-title = { $city }، { $code }: من الدرجة إلى البيانات الأصلية
trace-release = أين نُشرت الإجابة
trace-sign-off = من اعتمد المدينة نهائياً
trace-ruling = الحُكم ومن أصدره:
trace-decisions = من أجاب، بالأسماء المستعارة
trace-differing = الإجابات التي فصل بينها الحُكم، بالأسماء المستعارة لأصحابها
trace-evidence = ما أُشير إليه
trace-no-evidence = لا شيء: الإجابة بـ «لا» لا تشير إلى صفحة، بل تستند إلى مواضع البحث المذكورة أعلاه.
trace-entry = القيد { $n } في السجل
trace-address = العنوان
trace-words = الكلمات
trace-stands = ترد في الموضع المذكور من نص الصفحة.
trace-stands-not = لا ترد في الموضع المذكور.
trace-no-place = لم يُذكر موضع في النص.
trace-record = القيد في الأرشيف
trace-verify = التحقق من الإجابة
trace-verify-text = يعود بهذه الإجابة خطوة خطوة إلى البيانات المؤرشفة ويتحقق من كل خطوة: البصمات الرقمية وقيود السجل والتوقيعات. ويستغرق ذلك لحظات.
trace-verify-send = تحقق
trace-json = المحتوى نفسه بصيغة JSON
trace-back = العودة إلى التتبّع
trace-verified = { $city }، { $code }: التحقق
trace-holds = كل شيء صحيح.
trace-holds-not = ليس كل شيء صحيحاً. ويرد أدناه بيان ما لا يصح.

drift-none = لم تخضع أي بوابة للمسح من جديد بعد الإصدار، ولذلك لا تُعرف أي تغييرات.
drift-text = بعد مسح بوابة من جديد، تُدرج هنا التغييرات في الصفحات التي تستند إليها الإجابات المنشورة. ولا تتغير أي إجابة من تلقاء نفسها.

agreement-text = عدد المرات التي قدّم فيها المقيِّمان الإجابة نفسها، كل على حدة، قبل صدور أي حُكم. ولا تُحتسب إلا المدن التي خُتم مساراها؛ وتُعدّ الإجابة «غير واضح» من كليهما إجابة واحدة وإن كانت تتطلب حُكماً.
agreement-none = لا توجد بعد مدينة خُتم مساراها.
agreement-city-round = المدينة (الجولة)

export-text = جداول بصيغة CSV بترميز UTF-8. وتضم ما يجوز لك الاطلاع عليه: المدن التي خُتم مساراها، أو ما صدر في إصدار منشور.
export-flavours = لأغراض برامج الجداول، تُسبق الخلايا التي تبدأ بما يشبه صيغة حسابية بفاصلة عليا؛ وتُفقد هذه الفاصلة عندما يحفظ برنامج الجداول الملف. أما «كما هي» فللبرامج.
export-raw = كما هي، للبرامج
export-decisions = القرارات
export-finals = الإجابات النهائية
export-differences = الاختلافات
