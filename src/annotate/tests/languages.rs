//! Sentences of many languages through all passes: `language | text ==> surface=place id or person; ...`.

use super::shown;
use crate::text::tests::table;

#[test]
fn names_of_many_languages_are_found_and_resolved() {
    table(
        "en | Prime Minister Anna Bergström flew from Oslo to Helsinki. ==> Anna Bergström=Anna Bergström; Oslo=3143244; Helsinki=658225
         en | The mayor of Lyon, Marcel Fontenay, spoke to reporters. ==> Lyon=2996944; Marcel Fontenay=Marcel Fontenay
         en | Snow closed the road between Lachin and Shusha. ==> Lachin=147625; Shusha=147105
         en | Rivers in Bavaria and Saxony rose. ==> Bavaria=3248223561; Saxony=3248223599
         en | He was born in Springfield, Illinois. ==> Springfield=4250542; Illinois=4896861
         en | The Bank of England raised rates. ==> The Bank of England=org
         en | Police in Nice, France, arrested three men. ==> Nice=2990440; France=3017382
         en | Ms Okafor, who runs the museum, thanked Mr Lindqvist. ==> Okafor=Okafor; Lindqvist=Lindqvist
         en | The University of Oxford and Harvard University agreed. ==> University of Oxford=org; Harvard University=org
         en | JERUSALEM, May 4 - Talks began. ==> JERUSALEM=281184
         en | The River Thames rose in London. ==> River Thames=2147483973; London=2643743
         en | Officials from Germany, Poland and Estonia met in Tallinn. ==> Germany=2921044; Poland=798544; Estonia=453733; Tallinn=588409
         de | Bundeskanzlerin Petra Hallstein reiste nach Wien und Prag. ==> Petra Hallstein=Petra Hallstein; Wien=2761369; Prag=3067696
         de | In Köln und Düsseldorf regnete es. ==> Köln=2886242; Düsseldorf=2934246
         de | Das sagte Karin Vollmer in Hamburg. Vollmer lebt in Bremen. ==> Karin Vollmer=Karin Vollmer; Hamburg=2911298; Vollmer=Karin Vollmer; Bremen=2944388
         fr | Le maire de Lyon, Marcel Fontenay, est venu à Paris. ==> Lyon=2996944; Marcel Fontenay=Marcel Fontenay; Paris=2988507
         fr | À Marseille, la pluie tombe. ==> Marseille=2995469
         fr | Le président du Sénégal a parlé à Dakar. ==> Sénégal=2245662; Dakar=2253354
         es | La alcaldesa de Sevilla, Ana Robledo, viajó a Madrid. ==> Sevilla=2510911; Ana Robledo=Ana Robledo; Madrid=3117735
         es | El presidente de Chile habló en Santiago. ==> Chile=3895114; Santiago=3871336
         it | La sindaca di Bologna, Carla Bentini, è a Roma. ==> Bologna=3181928; Carla Bentini=Carla Bentini; Roma=3169070
         pt | O presidente de Angola chegou a Lisboa. ==> Angola=3351879; Lisboa=2267057
         sv | Statsminister Anna Bergström reste till Oslo. ==> Anna Bergström=Anna Bergström; Oslo=3143244
         ru | Президент приехал в Баку из Москвы. ==> Баку=587084; Москвы=524901
         ru | Анна Вельская живёт в Казани. ==> Анна Вельская=Анна Вельская; Казани=551487
         ru | В Тбилиси и Ереване прошёл дождь. ==> Тбилиси=611717; Ереване=616052
         uk | Мер Києва приїхав до Львова. ==> Львова=702550
         az | Prezident Bakıdan Şuşaya gəldi. ==> Bakıdan=587084; Şuşaya=147105
         az | Laçın rayonunda qar yağdı. ==> Laçın rayonunda=3243664871
         tr | İzmir'de yağmur yağdı. ==> İzmir'de=311046
         ka | პრეზიდენტი თბილისში ჩავიდა. ==> თბილისში=611717
         hy | Նախագահը Երևանում է։ ==> Երևանում=616052
         ar | وصل الرئيس إلى القاهرة من بغداد. ==> القاهرة=360630; بغداد=98182
         fa | رئیس جمهور به تهران رفت. ==> تهران=112931
         he | ראש הממשלה הגיע לירושלים. ==> לירושלים=281184
         el | Ο πρόεδρος έφτασε στην Αθήνα. ==> Αθήνα=264371
         zh | 总统访问了北京和上海。 ==> 北京=1816670; 上海=1796236
         ja | 首相は東京で話した。 ==> 東京=1850147",
        |row| {
            let (lang, text) = row.split_once(" | ").expect("a language");
            shown(text, lang)
        },
    );
}
