# Страница города: для стола мэра, без слов, понятных только специалистам.

sheet-title = { $city }: результаты на одной странице
sheet-open = Результаты на одной странице
sheet-edit = Изменить сообщения
sheet-release = выпуск { $n }
sheet-score = Результат
sheet-of-points = из { $of } баллов
sheet-percent = { $share } %
sheet-level = уровень:
sheet-levels = Уровни:
sheet-rank = Место { $rank } (городов: { $cities })
sheet-rank-shared = Место { $rank } (городов: { $cities }, на этом месте: { $sharing })
sheet-unranked = Места нет: опубликованы ещё не все города.
sheet-criteria = Баллы по темам
sheet-first = С чего начать
sheet-first-text = Каждого из этих пунктов нет на сайте города, и каждый даёт один балл; самые лёгкие — первыми. Всего пунктов здесь: { $count }; с ними будет { $n } из { $of } баллов ({ $share } %).
sheet-whole = Всё есть: у города есть всё, о чём спрашивали. Остаётся поддерживать это в порядке.
sheet-steps = Первые шаги
sheet-effort = Трудоёмкость:
sheet-owner = К кому обратиться:
sheet-peer = Пример: { $city }
sheet-no-peer = В этом выпуске примера нет
sheet-question = Доказательство: вопрос { $code }
sheet-edited = Текст: { $person }, { $date }
sheet-next = Затем, от лёгкого к трудному
sheet-next-text = Вместе с этими: { $n } из { $of } баллов ({ $share } %).
sheet-lacking =
    { $n ->
        [one] Всего недостаёт { $n } балла.
       *[other] Всего недостаёт { $n } баллов.
    }
sheet-partial = В этом выпуске у города есть ответы не на все вопросы, поэтому показать результат нельзя.
sheet-missing = Чего недостаёт
sheet-strong = Сильные стороны: есть у немногих других городов
sheet-strong-of = { $n } из { $of } других городов
sheet-strong-none = Всё, что есть у этого города, есть и у всех остальных.
sheet-alone = В этом выпуске нет другого города для сравнения.
sheet-change = По сравнению с { $campaign } ({ $date }), по вопросам, заданным оба раза ({ $n }): было { $before }, стало { $after }; прибавилось { $gained }, пропало { $lost }.
sheet-change-none = Более раннего результата для сравнения нет.
sheet-sure = Насколько это надёжно
sheet-agreement = Двое проверяющих, не зная ответов друг друга, дали одинаковые ответы на { $same } из { $n } вопросов ({ $share } %; интервал 95 %: от { $low } до { $high } %); где ответы различались, решал третий.
sheet-agreement-none = Насколько совпали ответы двух проверяющих, неизвестно.
sheet-signed = Все ответы подписал(а) { $person } { $date }
sheet-evidence = Страницы просмотрены с { $first } по { $last }
sheet-evidence-day = Страницы просмотрены { $first }
sheet-denominator = Вопросов { $n }; результат делится на { $of }, как в опубликованных значениях.
sheet-address = Каждый ответ с доказательством
sheet-checkpoint = Печать записей:
sheet-unsigned = Записи опечатаны, но ещё не подписаны.
