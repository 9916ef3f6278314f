"""Invented Indonesian names, put together from common parts so that no real list of people is behind them."""

from random import Random

MALE, FEMALE = "M", "F"


def _words(text: str) -> list[str]:
    return text.split()


_SUNDA = {
    MALE: _words(
        "Asep Dadang Cecep Ujang Dedi Ade Iwan Yayan Endang Agus Tatang Nandang Aep Encep Maman Deni Rohman Jajang"
    ),
    FEMALE: _words("Euis Neng Iis Yayah Tuti Cucu Lilis Wiwin Entin Imas Nining Ai Teti Rini Eulis Kokom Yeyet Titin"),
    "last": _words(
        "Suryana Hidayat Kurniawan Gunawan Permana Suhendar Mulyana Sopandi Rahmat Hermawan Sutisna Nugraha Kosasih "
        "Rustandi Komara Wiguna Supriatna Saepudin"
    ),
}
_SUNDA_WOMEN_LAST = _words(
    "Rohaeti Kartika Nurhayati Komariah Sumiati Maryani Rosmiati Juariah Kurniasih Suryani Mulyati Aisyah"
)
_JAWA = {
    MALE: _words(
        "Bambang Slamet Joko Sugeng Wahyu Eko Dwi Tri Budi Hari Sigit Heru Totok Edi Suparno Yusuf Galih Danang"
    ),
    FEMALE: _words(
        "Sri Endah Wahyuni Retno Dwi Sulastri Yuni Indah Ratna Ambar Nanik Tri Rahayu Murni Puji Dyah Lestari Wulan"
    ),
    MALE + "last": _words(
        "Santoso Prasetyo Wibowo Nugroho Susilo Widodo Setiawan Haryanto Purnomo Raharjo Saputra Kuncoro Hartono "
        "Utomo Pamungkas Subagyo"
    ),
    FEMALE + "last": _words(
        "Handayani Wulandari Astuti Lestari Rahayu Ningsih Kusumawati Setyowati Purwanti Hastuti Pratiwi "
        "Widyastuti Ningrum Susanti Winarni Anggraini"
    ),
}
_BATAK = {
    MALE: _words(
        "Parlindungan Tigor Maruli Binsar Hotman Jonathan Ronald Saut Togar Edward Marihot Poltak Daniel Mangasi"
    ),
    FEMALE: _words("Rotua Tiur Lamria Ida Christina Rosmawati Dameria Helena Lasma Nurmala Marta Tiarma Sondang Roma"),
    "last": _words(
        "Siregar Simanjuntak Nasution Sitompul Hutagalung Panjaitan Lubis Harahap Sinaga Manurung Situmorang Tambunan "
        "Pasaribu Simatupang Hasibuan Marpaung"
    ),
}
_MINANG = {
    MALE: _words("Rahmat Zulkifli Yulizar Syafrizal Hendra Masrul Afdal Ilham Fauzan Rizal Darwis Nofri Irwan Yondri"),
    FEMALE: _words(
        "Yusnidar Rahmi Desmawati Elvira Nofrianti Zuraida Wirda Fitria Marnis Yulia Suryati Nelwati Resti Afrida"
    ),
    "last": _words("Koto Chaniago Piliang Tanjung Sikumbang Jambak Caniago Melayu Guci Mandahiling Bodi Panyalai"),
}
_NUSANTARA = {
    MALE: _words(
        "Muhammad Ahmad Abdul Rizky Fajar Arif Andi Taufik Ridwan Fikri Ilyas Bayu Reza Hafiz Irfan Zaenal Imam Faisal"
    ),
    FEMALE: _words("Siti Nur Fitri Dewi Nurul Aulia Putri Anisa Maya Rina Dian Novi Intan Ratih Eka Mega Lia Yulianti"),
    MALE + "last": _words(
        "Ramadhan Hakim Fauzi Maulana Firmansyah Alamsyah Syahputra Rahman Anwar Hamdani Syarif Yusuf Basri Amin "
        "Maulidin Iskandar"
    ),
    FEMALE + "last": _words(
        "Amalia Rahmawati Safitri Hasanah Khairunnisa Maharani Oktaviani Puspitasari Permatasari Aminah Fauziah "
        "Marlina Zahra Salamah Azizah Latifah"
    ),
}
_BALI = {
    MALE: ["I Wayan", "I Made", "I Nyoman", "I Ketut", "I Gede", "I Putu"],
    FEMALE: ["Ni Wayan", "Ni Made", "Ni Nyoman", "Ni Ketut", "Ni Luh", "Ni Putu"],
    "last": _words(
        "Sudarma Suardana Artawan Wirawan Sukerti Ariani Suartini Widnyana Parwata Sugiarta Suryawati Adnyana"
    ),
}
_EAST = {
    MALE: _words("Yohanes Fransiskus Petrus Markus Stefanus Marthen Agustinus Hendrik Simon Paulus Andarias Benyamin"),
    FEMALE: _words(
        "Maria Theresia Yuliana Magdalena Margaretha Elisabeth Martha Veronika Agnes Debora Yosefina Natalia"
    ),
    "last": _words("Rumbiak Wenda Manafe Lumintang Tuerah Latuconsina Pattiasina Nainupu Kaunang Wairata Lobo Mangare"),
}
# Weights of a western Javanese regency: most are Sundanese, the rest came from elsewhere.
_CULTURES = [_SUNDA, _JAWA, _NUSANTARA, _BATAK, _MINANG, _BALI, _EAST]
_WEIGHTS = [42, 24, 22, 5, 4, 2, 1]


def invented_name(rng: Random, gender: str) -> str:
    """A name of two or three parts; people of one name occur, as they do in life."""
    culture = rng.choices(_CULTURES, _WEIGHTS)[0]
    first = rng.choice(culture[gender])
    lasts = culture.get("last") or culture[gender + "last"]
    if culture is _SUNDA and gender == FEMALE:
        lasts = _SUNDA_WOMEN_LAST
    last = rng.choice(lasts)
    middle = ""
    if rng.random() < 0.35:
        middle = rng.choice(_NUSANTARA[gender] if culture in (_SUNDA, _JAWA, _MINANG, _NUSANTARA) else culture[gender])
    parts = [first, middle if middle not in (first, last) else "", last if last != first else ""]
    return " ".join(part for part in parts if part)
