extension CountryTable {
    /// Countries whose alpha-2 code begins with L to Z.
    ///
    /// Columns: alpha-2, alpha-3, calling code, sms-activate numbers (the preferred one first),
    /// name. Sources: ISO 3166-1 and libphonenumber; an sms-activate number is here only where at
    /// least two independent lists of that API agree on it.
    static let codesLToZ = """
        LA|LAO|856|25|Laos
        LB|LBN|961|153|Lebanon
        LC|LCA|1|164|Saint Lucia
        LI|LIE|423||Liechtenstein
        LK|LKA|94|64|Sri Lanka
        LR|LBR|231|135|Liberia
        LS|LSO|266|136|Lesotho
        LT|LTU|370|44|Lithuania
        LU|LUX|352|165|Luxembourg
        LV|LVA|371|49|Latvia
        LY|LBY|218|102|Libya
        MA|MAR|212|37|Morocco
        MC|MCO|377|144|Monaco
        MD|MDA|373|85|Moldova
        ME|MNE|382|171|Montenegro
        MF|MAF|590||Saint Martin
        MG|MDG|261|17|Madagascar
        MH|MHL|692||Marshall Islands
        MK|MKD|389|183|North Macedonia
        ML|MLI|223|69|Mali
        MM|MMR|95|5|Myanmar
        MN|MNG|976|72|Mongolia
        MO|MAC|853|20|Macao
        MP|MNP|1||Northern Mariana Islands
        MQ|MTQ|596||Martinique
        MR|MRT|222|114|Mauritania
        MS|MSR|1|180|Montserrat
        MT|MLT|356|199|Malta
        MU|MUS|230|157|Mauritius
        MV|MDV|960|159|Maldives
        MW|MWI|265|137|Malawi
        MX|MEX|52|54|Mexico
        MY|MYS|60|7|Malaysia
        MZ|MOZ|258|80|Mozambique
        NA|NAM|264|138|Namibia
        NC|NCL|687|185|New Caledonia
        NE|NER|227|139|Niger
        NF|NFK|672||Norfolk Island
        NG|NGA|234|19|Nigeria
        NI|NIC|505|90|Nicaragua
        NL|NLD|31|48|Netherlands
        NO|NOR|47|174|Norway
        NP|NPL|977|81|Nepal
        NR|NRU|674||Nauru
        NU|NIU|683|204|Niue
        NZ|NZL|64|67|New Zealand
        OM|OMN|968|107|Oman
        PA|PAN|507|112|Panama
        PE|PER|51|65|Peru
        PF|PYF|689||French Polynesia
        PG|PNG|675|79|Papua New Guinea
        PH|PHL|63|4|Philippines
        PK|PAK|92|66|Pakistan
        PL|POL|48|15|Poland
        PM|SPM|508||Saint Pierre and Miquelon
        PN|PCN|64||Pitcairn Islands
        PR|PRI|1|97|Puerto Rico
        PS|PSE|970|188|Palestine
        PT|PRT|351|117|Portugal
        PW|PLW|680||Palau
        PY|PRY|595|87|Paraguay
        QA|QAT|974|111|Qatar
        RE|REU|262|146|Réunion
        RO|ROU|40|32|Romania
        RS|SRB|381|29|Serbia
        RU|RUS|7|0|Russia
        RW|RWA|250|140|Rwanda
        SA|SAU|966|53|Saudi Arabia
        SB|SLB|677|193|Solomon Islands
        SC|SYC|248|184|Seychelles
        SD|SDN|249|98|Sudan
        SE|SWE|46|46|Sweden
        SG|SGP|65|196|Singapore
        SH|SHN|290||Saint Helena
        SI|SVN|386|59|Slovenia
        SJ|SJM|47||Svalbard and Jan Mayen
        SK|SVK|421|141|Slovakia
        SL|SLE|232|115|Sierra Leone
        SM|SMR|378||San Marino
        SN|SEN|221|61|Senegal
        SO|SOM|252|149|Somalia
        SR|SUR|597|142|Suriname
        SS|SSD|211|177|South Sudan
        ST|STP|239|178|São Tomé and Príncipe
        SV|SLV|503|101|El Salvador
        SX|SXM|1||Sint Maarten
        SY|SYR|963|110|Syria
        SZ|SWZ|268|106|Eswatini
        TC|TCA|1||Turks and Caicos Islands
        TD|TCD|235|42|Chad
        TF|ATF|262||French Southern Territories
        TG|TGO|228|99|Togo
        TH|THA|66|52|Thailand
        TJ|TJK|992|143|Tajikistan
        TK|TKL|690||Tokelau
        TL|TLS|670|91|Timor-Leste
        TM|TKM|993|161|Turkmenistan
        TN|TUN|216|89|Tunisia
        TO|TON|676|197|Tonga
        TR|TUR|90|62|Turkey
        TT|TTO|1|104|Trinidad and Tobago
        TV|TUV|688||Tuvalu
        TW|TWN|886|55|Taiwan
        TZ|TZA|255|9|Tanzania
        UA|UKR|380|1|Ukraine
        UG|UGA|256|75|Uganda
        UM|UMI|1||United States Minor Outlying Islands
        US|USA|1|187,12|United States
        UY|URY|598|156|Uruguay
        UZ|UZB|998|40|Uzbekistan
        VA|VAT|39||Vatican City
        VC|VCT|1|166|Saint Vincent and the Grenadines
        VE|VEN|58|70|Venezuela
        VG|VGB|1||British Virgin Islands
        VI|VIR|1||U.S. Virgin Islands
        VN|VNM|84|10|Vietnam
        VU|VUT|678||Vanuatu
        WF|WLF|681||Wallis and Futuna
        WS|WSM|685|198|Samoa
        XK|XKX|383|203|Kosovo
        YE|YEM|967|30|Yemen
        YT|MYT|262||Mayotte
        ZA|ZAF|27|31|South Africa
        ZM|ZMB|260|147|Zambia
        ZW|ZWE|263|96|Zimbabwe
        """
}
