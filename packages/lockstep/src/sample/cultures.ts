/** A name as its owner writes it, and in Latin letters where those differ (`Γιώργος/Giorgos`). */
export interface SampleName {
  readonly written: string;
  readonly latin: string;
}

/** Where an office is, and what people there are called. */
export interface Culture {
  /** Language of the people, such as `nl-NL`. */
  readonly language: string;
  readonly country: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  readonly city: string;
  readonly region: 'Europe' | 'Middle East' | 'Asia';
  readonly phonePrefix: string;
  /** How given name and family name make the name that is shown. */
  readonly order: 'given family' | 'family given' | 'familygiven';
  readonly given: readonly SampleName[];
  readonly family: readonly SampleName[];
}

const names = (list: string): readonly SampleName[] =>
  list.split(', ').map((text) => {
    const [written = '', latin = written] = text.split('/');
    return { written, latin };
  });

/** Offices of the sample company; together they bring the scripts and signs that real directories hold. */
export const cultures: readonly Culture[] = [
  {
    language: 'nl-NL',
    country: 'Netherlands',
    countryCode: 'NL',
    city: 'Utrecht',
    region: 'Europe',
    phonePrefix: '+31 30',
    order: 'given family',
    given: names('Jan, Fenna, Bram, Sanne, Daan, Lotte, Thijs, Femke, Joost, Mieke, Coen, Renée, André, Zoë'),
    family: names(
      "de Vries, van den Berg, Bakker, Jansen, Visser, Smit, van 't Hoff, Meijer, Mulder, de Groot, Vos, Peters, Crüwell, 't Hart",
    ),
  },
  {
    language: 'en-GB',
    country: 'United Kingdom',
    countryCode: 'GB',
    city: 'Leeds',
    region: 'Europe',
    phonePrefix: '+44 113',
    order: 'given family',
    given: names(
      'Oliver, Amelia, George, Isla, Harry, Ava, Jack, Emily, Charlie, Sophie, Thomas, Chloë, Mary-Jane, Alastair',
    ),
    family: names(
      "Smith, Jones, Taylor, Brown, Wilson, Evans, Thomas, Roberts, Walker, Wright, Smith-Jones, D'Arcy, Featherstonehaugh, Ng",
    ),
  },
  {
    language: 'en-IE',
    country: 'Ireland',
    countryCode: 'IE',
    city: 'Cork',
    region: 'Europe',
    phonePrefix: '+353 21',
    order: 'given family',
    given: names('Aoife, Seán, Niamh, Ciarán, Siobhán, Pádraig, Órla, Eoin, Gráinne, Rónán, Maeve, Tadhg'),
    family: names(
      "O'Brien, O'Sullivan, Murphy, Kelly, O’Connor, Byrne, Ryan, O'Neill, Walsh, Ó Súilleabháin, McCarthy, Ní Dhomhnaill",
    ),
  },
  {
    language: 'sv-SE',
    country: 'Sweden',
    countryCode: 'SE',
    city: 'Malmö',
    region: 'Europe',
    phonePrefix: '+46 40',
    order: 'given family',
    given: names('Åsa, Björn, Linnéa, Göran, Märta, Håkan, Ebba, Örjan, Signe, Nils, Ängla, Lars-Erik'),
    family: names('Lindström, Åkesson, Öberg, Sjögren, Nyström, Hägg, Bergqvist, Ström, Ekelöf, Åberg, Löfgren, Holm'),
  },
  {
    language: 'de-DE',
    country: 'Germany',
    countryCode: 'DE',
    city: 'Köln',
    region: 'Europe',
    phonePrefix: '+49 221',
    order: 'given family',
    given: names('Jürgen, Käthe, Stefan, Anneliese, Günther, Mareike, Jörg, Ute, Karl-Heinz, Böhmke, Wiebke, Sören'),
    family: names(
      'Müller, Schäfer, Weiß, Köhler, Groß, von der Heide, Jäger, Schröder, Strauß, Möller, Meyer-Landrut, Kühn',
    ),
  },
  {
    language: 'fr-FR',
    country: 'France',
    countryCode: 'FR',
    city: 'Orléans',
    region: 'Europe',
    phonePrefix: '+33 2',
    order: 'given family',
    given: names('François, Hélène, Jérôme, Maëlys, Benoît, Chloé, Gaël, Anaïs, Rémi, Zoé, Jean-Noël, Cécile'),
    family: names(
      'Lefèvre, d’Aubigné, Bäcker-Roux, L’Hôte, Gauthier, Lemaître, Béranger, Noël, Çelik, Dufrêne, N’Diaye, Château',
    ),
  },
  {
    language: 'it-IT',
    country: 'Italy',
    countryCode: 'IT',
    city: 'Torino',
    region: 'Europe',
    phonePrefix: '+39 011',
    order: 'given family',
    given: names('Giulia, Niccolò, Chiara, Matteo, Noè, Alessia, Davide, Mirò, Luca, Lucia, Ciro, Mattìa'),
    family: names(
      'D’Angelo, Russo, De Luca, Dell’Acqua, Bianchi, Forlì, Conti, Nicolò, Greco, D’Amico, Lo Presti, Villa',
    ),
  },
  {
    language: 'es-ES',
    country: 'Spain',
    countryCode: 'ES',
    city: 'Logroño',
    region: 'Europe',
    phonePrefix: '+34 941',
    order: 'given family',
    given: names('José María, Lucía, Íñigo, Begoña, Andrés, María del Carmen, Raúl, Inés, Ángel, Nuria, Sofía, Óscar'),
    family: names(
      'García Núñez, Muñoz Ibáñez, Peña, López de Haro, Ordóñez, Gómez y Martín, Vázquez, Güell, Sáenz, Quiñones, Díaz, Zúñiga',
    ),
  },
  {
    language: 'pl-PL',
    country: 'Poland',
    countryCode: 'PL',
    city: 'Łódź',
    region: 'Europe',
    phonePrefix: '+48 42',
    order: 'given family',
    given: names(
      'Łukasz, Małgorzata, Paweł, Agnieszka, Michał, Żaneta, Wojciech, Zofia, Świętosława, Grażyna, Jędrzej, Róża',
    ),
    family: names(
      'Wiśniewski, Dąbrowska, Wójcik, Śliwiński, Kamiński, Żółkiewska, Łapiński, Gąsiorowski, Ćwik, Zając, Woźniak, Brzęczyszczykiewicz',
    ),
  },
  {
    language: 'cs-CZ',
    country: 'Czechia',
    countryCode: 'CZ',
    city: 'Plzeň',
    region: 'Europe',
    phonePrefix: '+420 377',
    order: 'given family',
    given: names('Jiří, Kateřina, Ondřej, Růžena, Tomáš, Zdeňka, Matěj, Lenka, Vojtěch, Šárka, Čeněk, Anežka'),
    family: names('Dvořák, Němcová, Růžička, Veselý, Horáková, Šťastný, Kučera, Říha, Čapek, Ženíšek, Krejčí, Ďurica'),
  },
  {
    language: 'el-GR',
    country: 'Greece',
    countryCode: 'GR',
    city: 'Αθήνα',
    region: 'Europe',
    phonePrefix: '+30 210',
    order: 'given family',
    given: names(
      'Γιώργος/Giorgos, Ελένη/Eleni, Νίκος/Nikos, Κατερίνα/Katerina, Δημήτρης/Dimitris, Σοφία/Sofia, Θανάσης/Thanasis, Άννα/Anna, Ραλλού/Rallou, Ίων/Ion',
    ),
    family: names(
      'Παπαδόπουλος/Papadopoulos, Οικονόμου/Oikonomou, Χριστοδούλου/Christodoulou, Βλάχος/Vlachos, Γεωργίου/Georgiou, Αγγελόπουλος/Angelopoulos, Καραΐσκος/Karaiskos, Μακρής/Makris, Λάμπρου/Lamprou, Φωτίου/Fotiou',
    ),
  },
  {
    language: 'uk-UA',
    country: 'Ukraine',
    countryCode: 'UA',
    city: 'Київ',
    region: 'Europe',
    phonePrefix: '+380 44',
    order: 'given family',
    given: names(
      "Олександр/Oleksandr, Наталія/Nataliia, Андрій/Andrii, Оксана/Oksana, Дмитро/Dmytro, Юлія/Yuliia, Мар'яна/Mariana, Тарас/Taras, Соломія/Solomiia, Євген/Yevhen",
    ),
    family: names(
      "Шевченко/Shevchenko, Коваленко/Kovalenko, Ткачук/Tkachuk, Лук'яненко/Lukianenko, Бондар/Bondar, Мельник/Melnyk, Гриценко/Hrytsenko, Єфименко/Yefymenko, Щербак/Shcherbak, Їжакевич/Yizhakevych",
    ),
  },
  {
    language: 'tr-TR',
    country: 'Türkiye',
    countryCode: 'TR',
    city: 'İzmir',
    region: 'Middle East',
    phonePrefix: '+90 232',
    order: 'given family',
    given: names('İlker, Ayşe, Çağrı, Gülşah, Işıl, Oğuz, Şükrü, Zeynep, Ümit, Ömer, Nazlı, Doğan'),
    family: names('Yılmaz, Öztürk, Çelik, Işık, Şahin, Güneş, Aydın, Doğan, Üstündağ, Kılıç, İnönü, Ateş'),
  },
  {
    language: 'ar-EG',
    country: 'Egypt',
    countryCode: 'EG',
    city: 'القاهرة',
    region: 'Middle East',
    phonePrefix: '+20 2',
    order: 'given family',
    given: names(
      'محمد/Mohamed, فاطمة/Fatma, أحمد/Ahmed, مريم/Mariam, يوسف/Youssef, ليلى/Laila, عمر/Omar, نور/Nour, كريم/Karim, هدى/Hoda',
    ),
    family: names(
      'حسن/Hassan, عبد الله/Abdallah, السيد/El-Sayed, إبراهيم/Ibrahim, منصور/Mansour, خليل/Khalil, فؤاد/Fouad, الشرقاوي/El-Sharkawy, عثمان/Osman, زكي/Zaki',
    ),
  },
  {
    language: 'he-IL',
    country: 'Israel',
    countryCode: 'IL',
    city: 'חיפה',
    region: 'Middle East',
    phonePrefix: '+972 4',
    order: 'given family',
    given: names(
      'נועה/Noa, איתן/Eitan, תמר/Tamar, יונתן/Yonatan, שירה/Shira, דוד/David, מיכל/Michal, אורי/Uri, רות/Ruth, אבנר/Avner',
    ),
    family: names(
      'כהן/Cohen, לוי/Levi, מזרחי/Mizrahi, פרץ/Peretz, ביטון/Biton, אברהם/Avraham, פרידמן/Friedman, בן דוד/Ben-David, ז׳בוטינסקי/Jabotinsky, שפירא/Shapira',
    ),
  },
  {
    language: 'zh-CN',
    country: 'China',
    countryCode: 'CN',
    city: '上海',
    region: 'Asia',
    phonePrefix: '+86 21',
    order: 'familygiven',
    given: names(
      '伟/Wei, 芳/Fang, 秀英/Xiuying, 建国/Jianguo, 小明/Xiaoming, 丽华/Lihua, 志强/Zhiqiang, 雪梅/Xuemei, 思远/Siyuan, 𠮷/Ji',
    ),
    family: names('王/Wang, 李/Li, 张/Zhang, 刘/Liu, 陈/Chen, 杨/Yang, 黄/Huang, 欧阳/Ouyang, 诸葛/Zhuge, 吕/Lü'),
  },
  {
    language: 'ja-JP',
    country: 'Japan',
    countryCode: 'JP',
    city: '大阪',
    region: 'Asia',
    phonePrefix: '+81 6',
    order: 'family given',
    given: names(
      '陽子/Yoko, 健太/Kenta, さくら/Sakura, 翔/Sho, 美咲/Misaki, 大輔/Daisuke, ユウキ/Yuki, 恵子/Keiko, 直樹/Naoki, 結衣/Yui',
    ),
    family: names(
      '佐藤/Sato, 鈴木/Suzuki, 高橋/Takahashi, 髙橋/Takahashi, 渡邉/Watanabe, 伊藤/Ito, 山本/Yamamoto, 中村/Nakamura, 小林/Kobayashi, 齋藤/Saito',
    ),
  },
  {
    language: 'ko-KR',
    country: 'South Korea',
    countryCode: 'KR',
    city: '부산',
    region: 'Asia',
    phonePrefix: '+82 51',
    order: 'familygiven',
    given: names(
      '민준/Minjun, 서연/Seoyeon, 지훈/Jihoon, 하은/Haeun, 도윤/Doyun, 수빈/Subin, 현우/Hyunwoo, 지민/Jimin, 예준/Yejun, 은지/Eunji',
    ),
    family: names('김/Kim, 이/Lee, 박/Park, 최/Choi, 정/Jung, 강/Kang, 조/Cho, 윤/Yoon, 남궁/Namgung, 황보/Hwangbo'),
  },
  {
    language: 'hi-IN',
    country: 'India',
    countryCode: 'IN',
    city: 'पुणे',
    region: 'Asia',
    phonePrefix: '+91 20',
    order: 'given family',
    given: names(
      'आरव/Aarav, प्रिया/Priya, रोहन/Rohan, अनन्या/Ananya, विक्रम/Vikram, श्रेया/Shreya, कृष्ण/Krishna, मीरा/Meera, ज्योति/Jyoti, हर्ष/Harsh',
    ),
    family: names(
      'शर्मा/Sharma, पटेल/Patel, सिंह/Singh, कुलकर्णी/Kulkarni, देशपांडे/Deshpande, गुप्ता/Gupta, जोशी/Joshi, मिश्रा/Mishra, श्रीवास्तव/Srivastava, ठाकुर/Thakur',
    ),
  },
  {
    language: 'th-TH',
    country: 'Thailand',
    countryCode: 'TH',
    city: 'เชียงใหม่',
    region: 'Asia',
    phonePrefix: '+66 53',
    order: 'given family',
    given: names(
      'สมชาย/Somchai, กัญญา/Kanya, ณัฐ/Nat, พิมพ์ชนก/Pimchanok, ธนา/Thana, ปรีชา/Preecha, วันดี/Wandee, ชัย/Chai, อรุณ/Arun, ดาว/Dao',
    ),
    family: names(
      'ศรีสุข/Srisuk, ใจดี/Jaidee, วงศ์ใหญ่/Wongyai, แก้วมณี/Kaewmanee, สุวรรณ/Suwan, บุญมี/Boonmee, เจริญผล/Charoenphon, ทองดี/Thongdee, รัตนกุล/Rattanakul, ณ อยุธยา/Na Ayutthaya',
    ),
  },
  {
    language: 'vi-VN',
    country: 'Vietnam',
    countryCode: 'VN',
    city: 'Đà Nẵng',
    region: 'Asia',
    phonePrefix: '+84 236',
    order: 'family given',
    given: names('Thị Ánh, Văn Đức, Quỳnh, Minh Tuấn, Thu Hằng, Hữu Phước, Ngọc Diễm, Bảo Châu, Đình Khôi, Mỹ Lệ'),
    family: names('Nguyễn, Trần, Lê, Phạm, Huỳnh, Hoàng, Võ, Đặng, Bùi, Đỗ'),
  },
];
