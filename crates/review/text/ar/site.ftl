# Report of a campaign and the folder of pages made of a release.

site-percent = { $n }٪
site-share = { $n } من { $of } ({ $share })
site-of = من { $n }
site-undefined = غير معرّف: لا يوجد ما يُعدّ
site-undefined-one = غير معرّف: جميع الإجابات متماثلة
site-rank-shared = { $n }=
site-parts = صفحات التقرير
site-languages = اللغات
site-as-table = البيانات نفسها في جدول

site-title-report = { $campaign }: النتائج (الإصدار { $n })
site-title-cities = { $campaign }: المدن بحسب المعيار (الإصدار { $n })
site-title-indicators = { $campaign }: المؤشرات (الإصدار { $n })
site-title-lessons = { $campaign }: الدروس المستفادة (الإصدار { $n })
site-title-answers = { $city }: جميع الإجابات
site-part-report = نظرة عامة
site-part-cities = المدن
site-part-indicators = المؤشرات
site-part-lessons = الدروس المستفادة

site-lead =
    { $cities ->
        [zero] لا مدن
        [one] مدينة واحدة
        [two] مدينتان
        [few] { $cities } مدن
       *[other] { $cities } مدينة
    }؛ وعدد الأسئلة عن بوابة كل منها { $indicators }، وجوابها نعم أو لا. وكل إجابة قرار اتخذه شخصان، أو مراجِع حيث اختلفا.
site-cities = المدن
site-apart = مدن بلا درجة
site-apart-says = بلا درجة وبلا ترتيب، لأن بعض إجاباتها ليست نهائية:
site-mean = متوسط الدرجات
site-median = وسيط الدرجات
site-highest = الأعلى
site-lowest = الأدنى
site-evidence = تاريخ حفظ الأدلة
site-unranked = بعض مدن الحملة ليست في هذا الإصدار، ولذلك لا ترتيب للمدن؛ وهي ترد بالترتيب الأبجدي.

site-levels = المستويات
site-levels-caption = عدد المدن التي تبلغ كل مستوى
site-above = درجة أعلى من
site-share-of-cities = نسبة المدن
site-where = أين تقف المدن
site-map = خريطة المدن
site-map-says = علامة لكل مدينة بحسب مستواها: قرص ممتلئ، ثم حلقة فيها نقطة، ثم حلقة، ثم علامة ×، من الأعلى إلى الأدنى. وتقع العلامة عند المدينة إن عُرف موضعها، وإلا ففي وسط بلدها.
site-map-caption = المدن بحسب البلد، مع مستواها
site-country = البلد
site-unplaced =
    { $n ->
        [zero] جميع المدن على الخريطة.
        [one] مدينة واحدة ليست على الخريطة، لأن موضعها غير معروف.
        [two] مدينتان ليستا على الخريطة، لأن موضعيهما غير معروفين.
        [few] { $n } مدن ليست على الخريطة، لأن مواضعها غير معروفة.
       *[other] { $n } مدينة ليست على الخريطة، لأن مواضعها غير معروفة.
    }
site-dots = الدرجات من الأعلى إلى الأدنى
site-dots-says = علامة لكل مدينة. ويصل خط بين المدن المتساوية في الدرجة والترتيب.
site-dots-says-unranked = علامة لكل مدينة، بالترتيب الأبجدي. ويصل خط بين المتجاورات المتساوية في الدرجة.
site-scores = درجات جميع المدن

site-wins = أسهل المكاسب
site-wins-says = مما يمكن تحقيقه بجهد قليل، هذا هو الأكثر غياباً في المدن.
site-wins-caption = المؤشرات السهلة بحسب عدد المدن التي تفتقر إليها
site-missing-in = مدن تفتقر إليه
site-wins-more = جميع المؤشرات

site-change = ما الذي تغيّر
site-change-since = منذ { $earlier }.
site-change-corrected = منذ { $earlier }، الذي يصحّحه هذا الإصدار.
site-change-over =
    { $n ->
        [zero] لا سؤال له المعنى نفسه في الاثنين.
        [one] المقارنة على سؤال واحد له المعنى نفسه في الاثنين.
        [two] المقارنة على سؤالين لهما المعنى نفسه في الاثنين.
        [few] المقارنة على { $n } أسئلة لها المعنى نفسه في الاثنين.
       *[other] المقارنة على { $n } سؤالاً لها المعنى نفسه في الاثنين.
    }
site-slope = نسبة الإجابات بنعم، سابقاً والآن
site-slope-says = خط لكل مدينة؛ الخطوط الصاعدة متصلة والهابطة متقطعة.
site-slope-says-many = خط لكل مدينة؛ الخطوط الصاعدة متصلة والهابطة متقطعة. وتُذكر أسماء أكثرها تغيّراً.
site-before = سابقاً
site-after = الآن
site-gained = مكتسَب
site-lost = مفقود

site-agreement = مدى اتفاق الإجابات
site-agreement-says = أجاب شخصان عن كل سؤال، كلٌّ بمفرده. وهذه نسبة ما قال فيه الاثنان الشيء نفسه قبل أن يحكم أحد.
site-agreed = الإجابة نفسها
site-interval = فترة ثقة 95٪ (ويلسون)
site-over = مدن تجاوزت فيها الاختلافات { $threshold }٪؛ وصدر حُكم في كل اختلاف
site-lessons-more = ما كان صعباً وما استُفيد منه

site-method = كيف أُعدّ هذا
site-method-score = درجة المدينة هي عدد مؤشراتها المجاب عنها بنعم مقسوماً على { $of }. ولكل مؤشر الوزن نفسه؛ وعدد المؤشرات { $indicators }.
site-method-denominator = عدد المؤشرات { $indicators } والقسمة على { $of }، كما في المؤشر الذي نشرته الأمم المتحدة، حتى تمكن المقارنة به. والمدينة التي لديها كل شيء تبقى دون 100٪ بقليل.
site-method-bands = المستويات هي مستويات طبعة الاستبيان. والدرجة الواقعة على الحد تماماً تنتمي إلى المستوى الأدنى.
site-method-people = يزور برنامج البوابة ويقترح أدلة، ولا يقرّر شيئاً. ويجيب شخصان كلٌّ بمفرده. وحيث يختلفان يحكم مراجِع ليس أحدهما، ثم يعتمد مراجِع أول المدينة نهائياً.
site-method-evidence = كل صفحة نُظر فيها محفوظة كما هي بايتاً بايتاً، مع وقتها وبصمتها الرقمية. وكل نعم تقود إلى كلمات في صفحة كهذه. ولا شيء هنا يستند إلى اقتراح وحده.
site-method-checkpoint = الإصدار قيد في سجل لا يمكن إلا أن ينمو. وهذا الجذر الموقَّع يشمله؛ وبه وبحزمة التدقيق يستطيع أي شخص التحقق من كل رقم.
site-method-unsigned = لم يُوقَّع سجل هذا الإصدار بعد.
site-data = البيانات
site-file-release = الإصدار مع بطاقة درجات كل مدينة ونقطة التحقق (JSON)
site-file-indicators = الأسئلة وعدد المدن التي لديها كل منها والإرشادات بجميع اللغات (JSON)
site-file-scores = سطر لكل مدينة (CSV)
site-file-answers = سطر لكل إجابة (CSV)

site-heat-says = عدد ما لدى المدينة من مؤشرات كل معيار. وكلما اشتد لون الخلية كبرت النسبة.
site-heat-caption = المدن بحسب المعيار: عدد الإجابات بنعم

site-indicators-says = عدد المدن التي لديها كل مؤشر، بحسب المعيار، والأكثر شيوعاً أولاً. وما يرد في آخر القائمة ينقص معظم المدن.
site-bars = { $criterion }: نسبة المدن
site-bars-says = شريط لكل مؤشر: كلما طال كثرت المدن التي لديها المؤشر.
site-have = مدن لديها المؤشر
site-effort = الجهد

site-lessons-says = ما كان صعباً في هذه الحملة، كي تكون التالية أفضل. وجميع الأرقام محسوبة من الجولات المنشورة، ولا يُذكر اسم أحد.
site-coefficients-says = لا رقم يكفي وحده: فحيث تتماثل الإجابات كلها تقريباً ينخفض كابا وألفا مع أن الإجابات لا تكاد تختلف.
site-kappa = كابا كوهين
site-alpha = ألفا كريبندورف
site-ac1 = AC1 غويت
site-prevalence = إجابات بنعم
site-hard = أسئلة اختلف فيها الناس
site-hard-says = السؤال الذي كثيراً ما يختلف فيه شخصان متأنيان سؤال ينبغي تحسين صياغته، أو يحتاج إلى مثال.
site-hard-caption = المؤشرات الأقل اتفاقاً
site-hard-none = لم يختلف أحد في أي سؤال.
site-open = أسئلة تعذّرت الإجابة عنها
site-open-says = غير واضح أو محجوب: لم تذكره الصفحة، أو تعذّر الوصول إليها.
site-open-caption = المؤشرات الأكثر إجابةً بعبارة «غير واضح» أو «محجوب»
site-open-answers = غير واضح أو محجوب
site-open-none = أُجيب عن كل سؤال بنعم أو لا.
site-reasons = الأسباب المذكورة
site-reasons-says = ما اختاره الناس من قائمة الأسباب، لإجابة أو لحُكم.
site-reasons-caption = أسباب الإجابات
site-reasons-none = لا سبب لأي إجابة.
site-rulings-caption = أسباب الأحكام
site-rulings-none = لم يستدعِ شيء حُكماً.
site-times = عدد المرات
site-corrections = الاختلافات والاعتراضات والتصحيحات
site-corrections-says = يمكن للمدن الاعتراض على ما نُشر؛ والتصحيح جولة جديدة وإصدار جديد.
site-over-cities = مدن تجاوزت عتبة الاختلافات
site-reopened = جولات أُعيد فتحها
site-appeals = اعتراضات على هذا الإصدار
site-appeals-reopened = منها ما أدى إلى جولة جديدة
site-appeals-declined = منها ما رُفض
site-time = كم استغرق
site-time-says = للمدينة الواقعة في الوسط عند ترتيب الجميع.
site-days = الأيام من أول إجابة إلى الاعتماد النهائي
site-minutes = الدقائق التي عملها شخص واحد على مدينة
site-minutes-none = لم يُقَس وقت العمل.

site-criterion = المعيار
site-yes-of = نعم
site-criteria-caption = الدرجة بحسب المعيار
site-missing = لم يُعثر عليه
site-there = عُثر عليه
site-city-data = بيانات هذه المدينة (JSON) مع تتبّع كل إجابة
site-foot = أُعدّ ببرنامج Portolan. لا يحتاج هذا المجلد إلى خادوم ولا إلى برامج نصية، ويمكن نسخه كما هو.
