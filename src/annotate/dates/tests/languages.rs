//! Shapes of dates in English, and dates of other languages, calendars and eras. Rows as in `super`.

use super::check;

#[test]
fn shapes_of_english_are_read() {
    check(
        "The hearings on June 1, 2 and 3, 2018, were long. | 2021-06-16 | en ==> June 1=2018-06-01; 2=2018-06-02; 3, 2018=2018-06-03
         The fair runs on 4, 5 and 6 August 2019. | 2021-06-16 | en ==> 4=2019-08-04; 5=2019-08-05; 6 August 2019=2019-08-06
         A letter dated 3 Dec 98 was found. | 2021-06-16 | en ==> 3 Dec 98=1998-12-03
         They married in May '87. | 2021-06-16 | en ==> May '87=1987-05
         On 24 August AD 79 the mountain burst. | 2021-06-16 | en ==> 24 August AD 79=0079-08-24
         The poet died on 21 September 19 BC. | 2021-06-16 | en ==> 21 September 19 BC=BC0019-09-21
         She writes for the Sunday Times and the Friday Gazette. | 2021-06-16 | en ==> none
         Black Friday sales rose while Bloody Sunday was remembered. | 2021-06-16 | en ==> Black Friday=2020-11-27
         The vote is on Monday week. | 2021-06-16 | en ==> Monday week=2021-06-28
         The vote is a week on Monday. | 2021-06-16 | en ==> a week on Monday=2021-06-28
         It shut on 2nd february 2014. | 2021-06-16 | en ==> 2nd february 2014=2014-02-02
         Prices rose in the early-70s and the mid-1990s. | 2021-06-16 | en ==> the early-70s=197; the mid-1990s=199
         The club meets on the second Tuesday of July. | 2021-06-16 | en ==> the second Tuesday of July=2021-07-13
         It was put off until Friday. | 2025-09-23 | en ==> Friday=2025-09-26
         They are expected to return by Thursday. | 2025-09-23 | en ==> Thursday=2025-09-25
         The shop shut on the day before Easter. | 2021-06-16 | en ==> the day before Easter=2021-04-03
         Eid al-Fitr 2021 fell in May. | 2021-06-16 | en ==> Eid al-Fitr 2021=2021-05-13; May=2021-05
         Passover 2019 began on a Friday night. | 2021-06-16 | en ==> Passover 2019=2019-04-20; Friday=XXXX-WXX-5
         Today, most farms here have no cows. | 2021-06-16 | en ==> none
         The women of today want more. | 2021-06-16 | en ==> none
         He lost 6-3, 7-5 and ran 100 metres in 10.11. | 2021-06-16 | en ==> none
         The car took 1998 cc and 1500 rpm; the panel is 1440 pixels wide. | 2021-06-16 | en ==> none
         They led 14-7 in the second quarter and won the match. | 2021-06-16 | en ==> none
         Sales fell in the second quarter. | 2021-06-16 | en ==> the second quarter=2021-Q2
         During Ramadan the market shuts early. | 2021-04-16 | en ==> Ramadan=2021-04-13..2021-05-12
         Tariq Ramadan spoke. Ramadan said no more. | 2021-06-16 | en ==> none
         The decree of 25 October 1917 (O.S.) ended it. | 2021-06-16 | en ==> 25 October 1917 (O.S.)=1917-11-07
         The meetings of Mondays and the Monday Night Club are over. The mayor left the Monday meeting. | 2021-06-16 | en ==> Monday=2021-06-14
         Two days after Christmas they left. | 2021-06-16 | en ==> Two days after Christmas=2020-12-27
         Today the mayor opened a bridge. | 2021-06-16 | en ==> Today=2021-06-16
         The court ruled today that the law stands. | 2021-06-16 | en ==> today=2021-06-16
         Today he is a farmer in Leeds. | 2021-06-16 | en ==> none
         In the 1980s and '90s, and the late '60s. | 2021-06-16 | en ==> 1980s=198; '90s=199; the late '60s=196
         Eid al-Adha begins on 20 July. | 2021-06-16 | en ==> Eid al-Adha=2021-07-20; 20 July=2021-07-20",
    );
}

#[test]
fn other_languages_calendars_and_eras_are_read() {
    check(
        "Die Sitzungen am 5., 6. und 7. Mai 2019 fielen aus. | 2021-06-16 | de ==> 5=2019-05-05; 6=2019-05-06; 7. Mai 2019=2019-05-07
         Les 5, 6 et 7 mai 2019, la salle est restée vide. | 2021-06-16 | fr ==> 5=2019-05-05; 6=2019-05-06; 7 mai 2019=2019-05-07
         Встречи прошли 5, 6 и 7 мая 2019 года. | 2021-06-16 | ru ==> 5=2019-05-05; 6=2019-05-06; 7 мая 2019=2019-05-07
         Grève lundi 21, mardi 22 et mercredi 23 juin 2021. | 2021-06-16 | fr ==> lundi 21=2021-06-21; mardi 22=2021-06-22; mercredi 23 juin 2021=2021-06-23
         La huelga será el lunes 21 y el martes 22 de junio de 2021. | 2021-06-16 | es ==> lunes 21=2021-06-21; martes 22 de junio de 2021=2021-06-22
         今年5月1日，工厂停工。 | 2021-06-16 | zh ==> 今年5月1日=2021-05-01
         前年8月，桥通车了。 | 2021-06-16 | zh ==> 前年8月=2019-08
         民國109年5月20日就職。 | 2021-06-16 | zh ==> 民國109年5月20日=2020-05-20
         他昨天说，明天开会。 | 2021-06-16 | zh ==> 昨天=2021-06-15; 明天=2021-06-17
         上世纪80年代，这里是田。 | 2021-06-16 | zh ==> 上世纪80年代=198
         平成23年3月11日に地震が起きた。 | 2021-06-16 | ja ==> 平成23年3月11日=2011-03-11
         令和元年5月1日に即位した。 | 2021-06-16 | ja ==> 令和元年5月1日=2019-05-01
         昨年12月に会社を作った。 | 2021-06-16 | ja ==> 昨年12月=2020-12
         지난해 3월 5일 공장이 문을 닫았다. | 2021-06-16 | ko ==> 지난해 3월 5일=2020-03-05
         1980년대에 학교가 생겼다. | 2021-06-16 | ko ==> 1980년대=198
         그는 어제 서울에서 말했다. | 2021-06-16 | ko ==> 어제=2021-06-15
         A fost cel mai bun an. | 2021-06-16 | ro ==> none
         Pe 9 mai 2019 au plecat. | 2021-06-16 | ro ==> 9 mai 2019=2019-05-09
         Pada bulan Maret dan April sawah kering. | 2021-06-16 | id ==> Maret=2021-03; April=2021-04
         הוא נולד ב-3 באוגוסט 1975 בחיפה. | 2021-06-16 | he ==> 3 באוגוסט 1975=1975-08-03
         הבחירות ייערכו ב־9 באפריל. | 2021-06-16 | he ==> 9 באפריל=2021-04-09
         Vorgestern trat er zurück, vor drei Tagen lachte er noch. | 2021-06-16 | de ==> Vorgestern=2021-06-14; vor drei Tagen=2021-06-13
         Ayer llovió, y hace dos días nevó. | 2021-06-16 | es ==> Ayer=2021-06-15; hace dos días=2021-06-14
         Вчера он уехал, а завтра вернётся. | 2021-06-16 | ru ==> Вчера=2021-06-15; завтра=2021-06-17
         Dün geldi, yarın gidecek. | 2021-06-16 | tr ==> Dün=2021-06-15; yarın=2021-06-17
         Ieri è caduta la neve, due giorni fa il sole. | 2021-06-16 | it ==> Ieri=2021-06-15; due giorni fa=2021-06-14
         Wczoraj zamknięto most, jutro go otworzą. | 2021-06-16 | pl ==> Wczoraj=2021-06-15; jutro=2021-06-17
         قال الوزير أمس إن المصنع سيفتح غداً. | 2021-06-16 | ar ==> أمس=2021-06-15; غداً=2021-06-17
         Учора він приїхав, а позавчора ще був удома. | 2021-06-16 | uk ==> Учора=2021-06-15; позавчора=2021-06-14
         Anteontem choveu, na semana passada não. | 2021-06-16 | pt ==> Anteontem=2021-06-14; semana passada=2021-W23
         Gisteren kwam hij, vorige week niet. | 2021-06-16 | nl ==> Gisteren=2021-06-15; vorige week=2021-W23
         او در ۲۲ بهمن ۱۳۵۷ به تهران آمد. | 2021-06-16 | fa ==> ۲۲ بهمن ۱۳۵۷=1979-02-11
         انتخابات ۲۸ خرداد برگزار می‌شود. | 2021-06-16 | fa ==> ۲۸ خرداد=2021-06-18
         در سال ۱۳۹۸ باران زیادی آمد. | 2021-06-16 | fa ==> ۱۳۹۸=2019-03-21..2020-03-19
         صدر القرار في 10 محرم 1442 هـ. | 2021-06-16 | ar ==> 10 محرم 1442 هـ=2020-08-29
         เขาเดินทางเมื่อวันที่ 6 มิถุนายน 2554 จากเชียงใหม่ | 2021-06-16 | th ==> 6 มิถุนายน 2554=2011-06-06
         यह पुल 15 अगस्त 2020 को खुला। | 2021-06-16 | hi ==> 15 अगस्त 2020=2020-08-15
         সেতুটি ১৬ ডিসেম্বর ২০২০ খোলা হয়। | 2021-06-16 | bn ==> ১৬ ডিসেম্বর ২০২০=2020-12-16
         הטקס נערך בט\"ו בשבט תשפ\"א בגליל. | 2021-06-16 | he ==> בט\"ו בשבט תשפ\"א=2021-01-28
         Ngày 2 tháng 9 năm 2020, chợ đóng cửa. | 2021-06-16 | vi ==> 2 tháng 9 năm 2020=2020-09-02
         La réunion du mois dernier et celle de l'an dernier. | 2021-06-16 | fr ==> mois dernier=2021-05; an dernier=2020
         Im vergangenen Jahr schneite es, vergangene Woche auch. | 2021-06-16 | de ==> vergangenen Jahr=2020; vergangene Woche=2021-W23
         I går stängdes skolan, i morgon öppnar den. | 2021-06-16 | sv ==> I går=2021-06-15; i morgon=2021-06-17
         Eilen satoi, huomenna paistaa. | 2021-06-16 | fi ==> Eilen=2021-06-15; huomenna=2021-06-17
         Χθες έβρεξε, αύριο θα χιονίσει. | 2021-06-16 | el ==> Χθες=2021-06-15; αύριο=2021-06-17
         Dünən yağdı, sabah yağmayacaq. | 2021-06-16 | az ==> Dünən=2021-06-15
         გუშინ წვიმდა, ხვალ მზე იქნება. | 2021-06-16 | ka ==> გუშინ=2021-06-15; ხვალ=2021-06-17
         Երեկ անձրև էր, վաղը կլինի արև։ | 2021-06-16 | hy ==> Երեկ=2021-06-15; վաղը=2021-06-17
         Er starb 44 v. Chr. in Rom, und am 15. März 44 v. Chr. brannte es. | 2021-06-16 | de ==> 44 v. Chr.=BC0044; 15. März 44 v. Chr.=BC0044-03-15
         Храм построили в 44 году до н. э. на холме. | 2021-06-16 | ru ==> 44 году до н. э.=BC0044
         公元前221年，战争结束。 | 2021-06-16 | zh ==> 公元前221年=BC0221
         Fundada en 133 a. C. por un rey. | 2021-06-16 | es ==> 133 a. C.=BC0133
         Er kam am Dienstag vergangener Woche, im Mai letzten Jahres war er auch da. | 2021-06-16 | de ==> Dienstag vergangener Woche=2021-06-08; Mai letzten Jahres=2020-05
         В мае прошлого года завод закрыли. | 2021-06-16 | ru ==> мае прошлого года=2020-05
         En mayo del año pasado cerraron. | 2021-06-16 | es ==> mayo del año pasado=2020-05
         上周二他在上海，本周五回家。 | 2021-06-16 | zh ==> 上周二=2021-06-08; 本周五=2021-06-18
         先月5日に開店し、来週閉店する。 | 2021-06-16 | ja ==> 先月5日=2021-05-05; 来週=2021-W25
         지난달 5일 문을 열었고 3일 전 닫았다. | 2021-06-16 | ko ==> 지난달 5일=2021-05-05; 3일 전=2021-06-13
         Pendant le Ramadan, le marché ferme tôt. | 2021-04-16 | fr ==> Ramadan=2021-04-13..2021-05-12
         في شهر رمضان تغلق السوق مبكرا. | 2021-04-16 | ar ==> رمضان=2021-04-13..2021-05-12
         Это было 12 января 1905 года по старому стилю. | 2021-06-16 | ru ==> 12 января 1905 года по старому стилю=1905-01-25
         Zu Weihnachten kam Schnee, an Silvester wird es warm. | 2020-12-27 | de ==> Weihnachten=2020-12-25; Silvester=2020-12-31
         À Noël il neigeait. Gustave Noël chante. | 2020-12-27 | fr ==> Noël=2020-12-25
         Kurban Bayramı temmuzda. | 2021-05-20 | tr ==> Kurban Bayramı=2021-07-20
         На Пасху было тепло. | 2021-05-10 | ru ==> Пасху=2021-05-02
         La mañana del lunes fue fría; esta mañana llovió, pasado mañana no. | 2021-06-16 | es ==> lunes=2021-06-14; pasado mañana=2021-06-18
         Am Morgen kam er, morgen geht er. | 2021-06-16 | de ==> morgen=2021-06-17
         W maju ubiegłego roku spadł grad, a w przyszłym tygodniu będzie upał. | 2021-06-16 | pl ==> maju ubiegłego roku=2020-05; przyszłym tygodniu=2021-W25
         Há três dias o prefeito saiu; no ano passado ficou. | 2021-06-16 | pt ==> Há três dias=2021-06-13; ano passado=2020
         Tegnap havazott, 2019. május 5-én esett. | 2021-06-16 | hu ==> Tegnap=2021-06-15; 2019. május 5=2019-05-05
         אתמול ירד גשם, לפני שלושה ימים לא. | 2021-06-16 | he ==> אתמול=2021-06-15; לפני שלושה ימים=2021-06-13
         دیروز باران آمد و سال گذشته برف. | 2021-06-16 | fa ==> دیروز=2021-06-15; سال گذشته=2020
         ጉባኤው መስከረም 2 ቀን 2013 ተካሄደ። | 2021-06-16 | am ==> መስከረም 2 ቀን 2013=2020-09-12
         Martedì 15 e mercoledì 16 giugno 2021 sciopero. | 2021-06-16 | it ==> Martedì 15=2021-06-15; mercoledì 16 giugno 2021=2021-06-16
         A feira será nos dias 5, 6 e 7 de maio de 2019. | 2021-06-16 | pt ==> 5=2019-05-05; 6=2019-05-06; 7 de maio de 2019=2019-05-07
         в понедельник, 14 июня, и во вторник | 2021-06-16 | ru ==> понедельник, 14 июня=2021-06-14; вторник=2021-06-15
         Tháng 9 năm 2020 chợ mở lại, hôm qua đóng. | 2021-06-16 | vi ==> Tháng 9 năm 2020=2020-09; hôm qua=2021-06-15
         یہ پل 15 اگست 2020 کو کھلا۔ | 2021-06-16 | ur ==> 15 اگست 2020=2020-08-15
         Mötet hölls den 5, 6 och 7 maj 2019. | 2021-06-16 | sv ==> 5=2019-05-05; 6=2019-05-06; 7 maj 2019=2019-05-07
         19世纪末，1937年7月7日。 | 2021-06-16 | zh ==> 19世纪=18; 1937年7月7日=1937-07-07
         Сегодня утром шёл дождь. | 2021-06-16 | ru ==> Сегодня=2021-06-16
         İki gün önce kar yağdı, geçen hafta da. | 2021-06-16 | tr ==> İki gün önce=2021-06-14; geçen hafta=2021-W23",
    );
}
