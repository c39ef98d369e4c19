//! Single expressions, one a row: `TEXT | published | language ==> SURFACE=VALUE; ...`.

use super::check;

#[test]
fn what_names_its_year_needs_no_anchor() {
    check(
        "on the first of May, 1900 |  | en ==> the first of May, 1900=1900-05-01
         the first day of May 1900 |  | en ==> the first day of May 1900=1900-05-01
         November 10th, 2020 |  | en ==> November 10th, 2020=2020-11-10
         Tuesday 10 November 2020 |  | en ==> Tuesday 10 November 2020=2020-11-10
         Sunday, May 3, 1992 |  | en ==> Sunday, May 3, 1992=1992-05-03
         on 10.11.2020 |  | en ==> 10.11.2020=2020-11-10
         in 1805, 1901 and 1999 |  | en ==> 1805=1805; 1901=1901; 1999=1999
         from 1914 to 1918 |  | en ==> 1914=1914; 1918=1918
         between 1914 and 1918 |  | en ==> 1914=1914; 1918=1918
         1914–18 |  | en ==> 1914=1914; 18=1918
         the 1870s and the 1880s |  | en ==> 1870s=187; 1880s=188
         the early 1990s |  | en ==> the early 1990s=199
         in the mid-1980s |  | en ==> the mid-1980s=198
         the twenties |  | en ==> twenties=192
         in the '90s |  | en ==> '90s=199
         in '96 |  | en ==> '96=1996
         the 18th and 19th centuries |  | en ==> 18th=17; 19th centuries=18
         the twentieth century |  | en ==> twentieth century=19
         the 5th century BC |  | en ==> 5th century BC=BC04
         in 44 BC |  | en ==> 44 BC=BC0044
         44-31 BC |  | en ==> 44=BC0044; 31 BC=BC0031
         AD 79 |  | en ==> AD 79=0079
         in 79 AD |  | en ==> 79 AD=0079
         circa 850 |  | en ==> 850=0850
         spring 2011 |  | en ==> spring 2011=2011-SP
         in the fall of 2011 |  | en ==> the fall of 2011=2011-FA
         the winter of 2011-12 |  | en ==> the winter of 2011-12=2012-WI
         the third quarter of 2020 |  | en ==> the third quarter of 2020=2020-Q3
         in the first half of 2020 |  | en ==> the first half of 2020=2020-01-01..2020-06-30
         Q3 2020 |  | en ==> Q3 2020=2020-Q3
         in fiscal 2020 |  | en ==> fiscal 2020=2020
         New Year's Eve 2019 |  | en ==> New Year's Eve 2019=2019-12-31
         New Year's Day 2020 |  | en ==> New Year's Day 2020=2020-01-01
         Christmas Eve 2019 |  | en ==> Christmas Eve 2019=2019-12-24
         Good Friday 2021 |  | en ==> Good Friday 2021=2021-04-02
         Thanksgiving 2021 |  | en ==> Thanksgiving 2021=2021-11-25
         Halloween 2020 |  | en ==> Halloween 2020=2020-10-31
         Boxing Day 2020 |  | en ==> Boxing Day 2020=2020-12-26
         the end of May 2020 |  | en ==> the end of May 2020=2020-05
         late in 2020 |  | en ==> late in 2020=2020
         by mid-May 2020 |  | en ==> mid-May 2020=2020-05",
    );
}

#[test]
fn what_lacks_its_year_rests_on_the_publication() {
    check(
        "yesterday | 2020-11-12 | en ==> yesterday=2020-11-11
         today | 2020-11-12 | en ==> today=2020-11-12
         tomorrow | 2020-11-12 | en ==> tomorrow=2020-11-13
         tonight | 2020-11-12 | en ==> tonight=2020-11-12
         this afternoon | 2020-11-12 | en ==> this afternoon=2020-11-12
         They left on Monday. | 2020-11-12 | en ==> Monday=2020-11-09
         They will leave on Monday. | 2020-11-12 | en ==> Monday=2020-11-16
         next Monday | 2020-11-12 | en ==> next Monday=2020-11-16
         last Monday | 2020-11-12 | en ==> last Monday=2020-11-09
         on Thursday | 2020-11-12 | en ==> Thursday=2020-11-12
         this week | 2020-11-12 | en ==> this week=2020-W46
         last week | 2020-11-12 | en ==> last week=2020-W45
         next week | 2020-11-12 | en ==> next week=2020-W47
         this month | 2020-11-12 | en ==> this month=2020-11
         last month | 2020-01-12 | en ==> last month=2019-12
         next month | 2020-12-12 | en ==> next month=2021-01
         this year | 2020-11-12 | en ==> this year=2020
         last year | 2020-11-12 | en ==> last year=2019
         next year | 2020-11-12 | en ==> next year=2021
         last summer | 2020-11-12 | en ==> last summer=2020-SU
         last May | 2020-11-12 | en ==> last May=2020-05
         next May | 2020-11-12 | en ==> next May=2021-05
         last December | 2020-11-12 | en ==> last December=2019-12
         a week ago | 2020-11-12 | en ==> a week ago=2020-W45
         two days ago | 2020-11-12 | en ==> two days ago=2020-11-10
         ten years ago | 2020-11-12 | en ==> ten years ago=2010
         a month ago | 2020-03-31 | en ==> a month ago=2020-02
         three months ago | 2020-11-12 | en ==> three months ago=2020-08
         an hour ago | 2020-11-12 | en ==> an hour ago=2020-11-12
         a decade ago | 2020-11-12 | en ==> a decade ago=2010
         a century ago | 2020-11-12 | en ==> a century ago=19
         three weeks from now | 2020-11-12 | en ==> three weeks from now=2020-W49
         It opened in December. | 2020-02-12 | en ==> December=2019-12
         It opens in March; it will close in April. | 2020-02-12 | en ==> March=2020-03; April=2020-04
         It fell on January 3. | 2020-02-12 | en ==> January 3=2020-01-03
         at noon on Friday | 2020-11-12 | en ==> noon on Friday=2020-11-06
         8:15 p.m. EST, November 9 | 2020-11-12 | en ==> 8:15 p.m. EST, November 9=2020-11-09
         in May | 2020-11-12 | en ==> May=2020-05",
    );
}

#[test]
fn a_story_goes_on_from_its_own_dates() {
    check(
        "He left on 3 May 1916. The next day he died. |  | en ==> 3 May 1916=1916-05-03; The next day=1916-05-04
         He left on 3 May 1916. Three weeks later he died. |  | en ==> 3 May 1916=1916-05-03; Three weeks later=1916-W21
         He left on 3 May 1916. The previous year he had come. |  | en ==> 3 May 1916=1916-05-03; The previous year=1915
         He left in May 1916. The same month she came. |  | en ==> May 1916=1916-05; The same month=1916-05
         He left in 1916. Two years earlier he had come. |  | en ==> 1916=1916; Two years earlier=1914",
    );
}

#[test]
fn durations_sets_and_times_are_no_days() {
    check(
        "for six months | 2020-11-12 | en ==> six months=P6M
         a three-year plan | 2020-11-12 | en ==> three-year=P3Y
         for several years | 2020-11-12 | en ==> several years=PXY
         for a few days | 2020-11-12 | en ==> a few days=PXD
         over the past decade | 2020-11-12 | en ==> the past decade=P10Y
         within 24 hours | 2020-11-12 | en ==> 24 hours=PT24H
         half a year | 2020-11-12 | en ==> half a year=P0.5Y
         every year | 2020-11-12 | en ==> every year=P1Y
         each Tuesday | 2020-11-12 | en ==> each Tuesday=XXXX-WXX-2
         every summer | 2020-11-12 | en ==> every summer=XXXX-SU
         weekly and annually | 2020-11-12 | en ==> weekly=P1W; annually=P1Y
         twice a day | 2020-11-12 | en ==> a day=P1D
         at 9 a.m. | 2020-11-12 | en ==> 9 a.m.=T09:00
         at 14:30 | 2020-11-12 | en ==> 14:30=T14:30
         10:30 | 2020-11-12 | en ==> 10:30=T10:30",
    );
}

#[test]
fn what_counts_or_labels_is_no_date() {
    check(
        "a 30-year-old man | 2020-11-12 | en ==> none
         aged 45 | 2020-11-12 | en ==> none
         Room 1984 | 2020-11-12 | en ==> none
         1995 people | 2020-11-12 | en ==> none
         the score was 10-11 | 2020-11-12 | en ==> none
         may be | 2020-11-12 | en ==> none
         May said so. | 2020-11-12 | en ==> none
         second place | 2020-11-12 | en ==> none",
    );
}

#[test]
fn other_languages_have_their_forms() {
    check(
        "am Montag | 2020-11-12 | de ==> Montag=2020-11-09
         am 3. Mai | 2020-11-12 | de ==> 3. Mai=2020-05-03
         im Mai 2019 |  | de ==> Mai 2019=2019-05
         im Winter 2019 |  | de ==> Winter 2019=2019-WI
         in den 1990er Jahren |  | de ==> 1990er=199
         Ende 2019 |  | de ==> 2019=2019
         vom 3. bis 5. Mai 2019 |  | de ==> 3=2019-05-03; 5. Mai 2019=2019-05-05
         zwischen 1914 und 1918 |  | de ==> 1914=1914; 1918=1918
         im Jahr 2015 |  | de ==> 2015=2015
         lundi dernier | 2020-11-12 | fr ==> lundi dernier=2020-11-09
         le 3 mai | 2020-11-12 | fr ==> 3 mai=2020-05-03
         le lundi 9 novembre 2020 |  | fr ==> lundi 9 novembre 2020=2020-11-09
         en mai 2019 |  | fr ==> mai 2019=2019-05
         à l'automne 2019 |  | fr ==> automne 2019=2019-FA
         les années 1990 |  | fr ==> 1990=199
         au XXe siècle |  | fr ==> XXe siècle=19
         en 2015 |  | fr ==> 2015=2015
         el lunes pasado | 2020-11-12 | es ==> lunes pasado=2020-11-09
         el 3 de mayo | 2020-11-12 | es ==> 3 de mayo=2020-05-03
         en mayo de 2019 |  | es ==> mayo de 2019=2019-05
         los años 90 |  | es ==> 90=199
         en el siglo XX |  | es ==> siglo XX=19
         en 2015 |  | es ==> 2015=2015
         3 мая | 2020-11-12 | ru ==> 3 мая=2020-05-03
         в мае 2019 года |  | ru ==> мае 2019=2019-05
         в понедельник | 2020-11-12 | ru ==> понедельник=2020-11-09
         в следующий вторник | 2020-11-12 | ru ==> вторник=2020-11-17
         в XX веке |  | ru ==> XX веке=19
         весной 2019 года |  | ru ==> весной 2019=2019-SP
         с 1914 по 1918 год |  | ru ==> 1914=1914; 1918=1918
         в 2015 году |  | ru ==> 2015=2015
         3 mayıs | 2020-11-12 | tr ==> 3 mayıs=2020-05-03
         Mayıs 2019'da |  | tr ==> Mayıs 2019=2019-05
         geçen pazartesi günü | 2020-11-12 | tr ==> pazartesi=2020-11-09
         2015 yılında |  | tr ==> 2015=2015
         20. yüzyılda |  | tr ==> 20. yüzyılda=19
         3 may | 2020-11-12 | az ==> 3 may=2020-05-03
         may 2019 |  | az ==> may 2019=2019-05
         2015-ci ildə |  | az ==> 2015=2015
         XX əsrdə |  | az ==> XX əsrdə=19
         bazar ertəsi günü | 2020-11-12 | az ==> bazar ertəsi=2020-11-09
         10 listopada 2020 r. |  | pl ==> 10 listopada 2020=2020-11-10
         w poniedziałek | 2020-11-12 | pl ==> poniedziałek=2020-11-09
         w 2015 roku |  | pl ==> 2015=2015
         10 novembre 2020 |  | it ==> 10 novembre 2020=2020-11-10
         nel 2015 |  | it ==> 2015=2015
         10 de novembro de 2020 |  | pt ==> 10 de novembro de 2020=2020-11-10
         em 2015 |  | pt ==> 2015=2015
         10 november 2020 |  | nl ==> 10 november 2020=2020-11-10
         in 2015 |  | nl ==> 2015=2015
         10 листопада 2020 року |  | uk ==> 10 листопада 2020=2020-11-10
         у 2015 році |  | uk ==> 2015=2015
         في عام 2015 |  | ar ==> 2015=2015
         يوم الاثنين | 2020-11-12 | ar ==> الاثنين=2020-11-09
         2020年5月 |  | zh ==> 2020年5月=2020-05
         5月3日 | 2020-11-12 | zh ==> 5月3日=2020-05-03
         2020년 5월 3일 |  | ko ==> 2020년 5월 3일=2020-05-03",
    );
}
