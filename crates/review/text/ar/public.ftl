# صفحة المدينة: لمكتب رئيس البلدية، بلا كلمات لا يعرفها إلا المختصون.

sheet-title = { $city }: النتائج في صفحة واحدة
sheet-open = النتائج في صفحة واحدة
sheet-edit = تعديل الرسائل
sheet-release = الإصدار { $n }
sheet-score = النتيجة
sheet-of-points = من { $of } نقطة
sheet-percent = { $share } %
sheet-level = المستوى:
sheet-levels = المستويات:
sheet-rank = المرتبة { $rank } من بين { $cities } مدينة
sheet-rank-shared = المرتبة { $rank } من بين { $cities } مدينة، وعدد المدن التي تشترك فيها { $sharing }
sheet-unranked = لا مرتبة: لم تُنشر جميع المدن بعد.
sheet-criteria = النقاط حسب الموضوع
sheet-first = ما الذي يُفعل أولًا
sheet-first-text = كل بند من هذه البنود ناقص في موقع المدينة ويساوي نقطة واحدة، والأسهل أولًا. عددها { $count }، وبها معًا: { $n } من { $of } نقطة ({ $share } %).
sheet-whole = لا شيء ينقص: لدى المدينة كل ما سُئل عنه. المطلوب إبقاؤه محدَّثًا.
sheet-steps = الخطوات الأولى
sheet-effort = الجهد:
sheet-owner = الجهة المعنية:
sheet-peer = مثال: { $city }
sheet-no-peer = لا مثال في هذا الإصدار
sheet-question = الدليل: السؤال { $code }
sheet-edited = نص { $person }، { $date }
sheet-next = ثم، من الأسهل إلى الأصعب
sheet-next-text = ومعها أيضًا: { $n } من { $of } نقطة ({ $share } %).
sheet-lacking =
    { $n ->
        [one] تنقص نقطة واحدة في المجموع.
       *[other] عدد النقاط الناقصة في المجموع: { $n }.
    }
sheet-partial = ليست لكل مؤشرات هذه المدينة إجابات في هذا الإصدار، فلا نتيجة تُعرض.
sheet-missing = ما ينقص
sheet-strong = نقاط القوة: ما لا تملكه إلا قلّة من المدن الأخرى
sheet-strong-of = { $n } من { $of } من المدن الأخرى
sheet-strong-none = كل ما لدى هذه المدينة لدى جميع المدن الأخرى أيضًا.
sheet-alone = لا توجد في هذا الإصدار مدينة أخرى للمقارنة.
sheet-change = منذ { $campaign } ({ $date })، في الأسئلة التي طُرحت في المرتين وعددها { $n }: من { $before } إلى { $after } نقطة؛ الجديد { $gained } والمفقود { $lost }.
sheet-change-none = لا توجد نتيجة سابقة للمقارنة.
sheet-sure = ما مدى الثقة بهذه النتيجة
sheet-agreement = اتفق شخصان على { $same } من { $n } سؤالًا قبل أن يعرف أحدهما إجابات الآخر ({ $share } %؛ مجال الثقة 95 %: من { $low } إلى { $high } %)؛ وحيث اختلفا حسم شخص ثالث.
sheet-agreement-none = لا يُعرف مدى اتفاق شخصين.
sheet-signed = وقّع { $person } جميع الإجابات في { $date }.
sheet-evidence = شوهدت الصفحات من { $first } إلى { $last }.
sheet-evidence-day = شوهدت الصفحات في { $first }.
sheet-denominator = طُرح { $n } سؤالًا؛ وتُقسم النتيجة على { $of } كما في القيم المنشورة.
sheet-address = كل إجابة مع دليلها
sheet-checkpoint = ختم السجلات:
sheet-unsigned = السجلات مختومة ولم تُوقَّع بعد.

messages-text = صفحة المدينة متاحة للجميع. يمكن هنا استبدال نصوصها لهذه المدينة وبهذه اللغة؛ وعندئذ تذكر الصفحة من كتبها ومتى، ويحفظها سجل التدقيق. الحقول الفارغة تعيد النصوص المعتادة.
messages-unreleased = ليست المدينة في أي إصدار بعد: لا شيء يُقال.
messages-none = لا شيء يُقال: لا ينقص شيء، أو لا توجد نصائح لهذا الاستبيان.
messages-missing = ما ينقص
messages-why = لماذا يهم
messages-send = استخدام هذه النصوص
messages-not-missing = ليس في الإصدار الأخير إجابة «لا» لهذه المدينة عن هذا المؤشر.
