extension CountryTable {
    /// Other names of the countries whose alpha-2 code begins with L to Z.
    ///
    /// Columns: alpha-2, names separated by `;`. A country may have several rows. The names are the
    /// formal ones of ISO 3166-1 and the spellings that providers use, misspellings included.
    static let namesLToZ = """
        LA|Lao PDR;Lao People`s;Lao People's Democratic Republic
        LB|Lebanese Republic
        LI|Principality of Liechtenstein
        LK|Ceylon;Democratic Socialist Republic of Sri Lanka
        LS|Kingdom of Lesotho
        LU|Grand Duchy of Luxembourg
        LY|Libyan;Libyan Arab Jamahiriya
        MA|Kingdom of Morocco
        MC|Principality of Monaco
        MD|Moldavia
        MF|Saint Martin (French part)
        MK|Macedonia;FYROM;Northern Macedonia
        MM|Burma
        MO|Macau;Macau SAR;Macao SAR;Macao Special Administrative Region of China
        MP|Northern Marianas;Saipan;Commonwealth of the Northern Mariana Islands
        MR|Islamic Republic of Mauritania
        MV|Maldive
        MX|United Mexican States
        NA|Nambia
        NG|Federal Republic of Nigeria
        NL|Holland;Kingdom of the Netherlands
        NO|Kingdom of Norway
        NP|Federal Democratic Republic of Nepal
        OM|Sultanate of Oman
        PG|Papua;Papua New Gvineya;Independent State of Papua New Guinea
        PH|Philippine;Phillipines
        PK|Islamic Republic of Pakistan
        PM|Saint Pierre
        PN|Pitcairn
        PS|Palestine, State of;Palestinian Territory;Palestinian Territories
        PS|Palestinian Territory, Occupied;the State of Palestine
        PT|Portuguese Republic
        QA|State of Qatar
        RE|Reunion Island
        RU|Russian Federation
        RW|Rwandese Republic
        SA|KSA;Saudi;Kingdom of Saudi Arabia
        SC|Seychelle
        SE|Kingdom of Sweden
        SH|Saint Helena, Ascension and Tristan da Cunha
        SK|Slovak;Slovak Republic
        SO|Federal Republic of Somalia
        ST|Sao Tome;Democratic Republic of Sao Tome and Principe
        SV|Salvador
        SX|Saint Maarten;Sint Maarten (Dutch part)
        SY|Syrian Arab Republic;Syrian
        SZ|Swaziland;Kingdom of Eswatini
        TC|Turks and Caicos
        TG|Togolese Republic
        TH|Kingdom of Thailand
        TL|East Timor;Timor;Democratic Republic of Timor-Leste
        TO|Kingdom of Tonga
        TR|Türkiye;Republic of Türkiye
        TT|Trinidad;Trinidad Tobago
        TW|Taiwan, Province of China;Republic of China;Taiwan (China);Chinese Taipei;Taiwan ROC
        TZ|Tanzania, United Republic of;United Republic of Tanzania
        UM|US Outlying Islands;US Minor Outlying Islands
        US|America;US of A;USA (virtual);United States (virtual);United States virt;USA virt
        US|USA (real);USA physical;United States (USA);United States of America (USA)
        US|United States of America
        UY|Eastern Republic of Uruguay
        VA|Vatican;Holy See;Holy See (Vatican City State)
        VC|Saint Vincent;Saint Vincent Grenadines
        VE|Venezuela, Bolivarian Republic of;Bolivarian Republic of Venezuela
        VG|BVI;Virgin Islands, British
        VI|USVI;Virgin Islands, U.S.;United States Virgin Islands
        VI|Virgin Islands of the United States
        VN|Socialist Republic of Viet Nam
        WF|Wallis Futuna
        WS|Western Samoa;Independent State of Samoa
        XK|Kosova
        ZA|RSA
        """
}
