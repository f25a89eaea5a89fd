extension CountryTable {
    /// Countries whose alpha-2 code begins with A to K.
    ///
    /// Columns: alpha-2, alpha-3, calling code, sms-activate numbers (the preferred one first),
    /// name. Sources: ISO 3166-1 and libphonenumber; an sms-activate number is here only where at
    /// least two independent lists of that API agree on it.
    static let codesAToK = """
        AD|AND|376||Andorra
        AE|ARE|971|95|United Arab Emirates
        AF|AFG|93|74|Afghanistan
        AG|ATG|1|169|Antigua and Barbuda
        AI|AIA|1|181|Anguilla
        AL|ALB|355|155|Albania
        AM|ARM|374|148|Armenia
        AO|AGO|244|76|Angola
        AQ|ATA|672||Antarctica
        AR|ARG|54|39|Argentina
        AS|ASM|1||American Samoa
        AT|AUT|43|50|Austria
        AU|AUS|61|175|Australia
        AW|ABW|297|179|Aruba
        AX|ALA|358||Åland Islands
        AZ|AZE|994|35|Azerbaijan
        BA|BIH|387|108|Bosnia and Herzegovina
        BB|BRB|1|118|Barbados
        BD|BGD|880|60|Bangladesh
        BE|BEL|32|82|Belgium
        BF|BFA|226|152|Burkina Faso
        BG|BGR|359|83|Bulgaria
        BH|BHR|973|145|Bahrain
        BI|BDI|257|119|Burundi
        BJ|BEN|229|120|Benin
        BL|BLM|590||Saint Barthélemy
        BM|BMU|1|195|Bermuda
        BN|BRN|673|121|Brunei
        BO|BOL|591|92|Bolivia
        BQ|BES|599||Caribbean Netherlands
        BR|BRA|55|73|Brazil
        BS|BHS|1|122|Bahamas
        BT|BTN|975|158|Bhutan
        BV|BVT|||Bouvet Island
        BW|BWA|267|123|Botswana
        BY|BLR|375|51|Belarus
        BZ|BLZ|501|124|Belize
        CA|CAN|1|36|Canada
        CC|CCK|61||Cocos Islands
        CD|COD|243|18|DR Congo
        CF|CAF|236|125|Central African Republic
        CG|COG|242|150|Congo
        CH|CHE|41|173|Switzerland
        CI|CIV|225|27|Côte d'Ivoire
        CK|COK|682||Cook Islands
        CL|CHL|56|151|Chile
        CM|CMR|237|41|Cameroon
        CN|CHN|86|3|China
        CO|COL|57|33|Colombia
        CR|CRI|506|93|Costa Rica
        CU|CUB|53|113|Cuba
        CV|CPV|238|186|Cape Verde
        CW|CUW|599||Curaçao
        CX|CXR|61||Christmas Island
        CY|CYP|357|77|Cyprus
        CZ|CZE|420|63|Czechia
        DE|DEU|49|43|Germany
        DJ|DJI|253|168|Djibouti
        DK|DNK|45|172|Denmark
        DM|DMA|1|126|Dominica
        DO|DOM|1|109|Dominican Republic
        DZ|DZA|213|58|Algeria
        EC|ECU|593|105|Ecuador
        EE|EST|372|34|Estonia
        EG|EGY|20|21|Egypt
        EH|ESH|212|192|Western Sahara
        ER|ERI|291|176|Eritrea
        ES|ESP|34|56|Spain
        ET|ETH|251|71|Ethiopia
        FI|FIN|358|163|Finland
        FJ|FJI|679|189|Fiji
        FK|FLK|500||Falkland Islands
        FM|FSM|691||Micronesia
        FO|FRO|298||Faroe Islands
        FR|FRA|33|78|France
        GA|GAB|241|154|Gabon
        GB|GBR|44|16|United Kingdom
        GD|GRD|1|127|Grenada
        GE|GEO|995|128|Georgia
        GF|GUF|594|162|French Guiana
        GG|GGY|44||Guernsey
        GH|GHA|233|38|Ghana
        GI|GIB|350|201|Gibraltar
        GL|GRL|299||Greenland
        GM|GMB|220|28|Gambia
        GN|GIN|224|68|Guinea
        GP|GLP|590|160|Guadeloupe
        GQ|GNQ|240|167|Equatorial Guinea
        GR|GRC|30|129|Greece
        GS|SGS|500||South Georgia and the South Sandwich Islands
        GT|GTM|502|94|Guatemala
        GU|GUM|1||Guam
        GW|GNB|245|130|Guinea-Bissau
        GY|GUY|592|131|Guyana
        HK|HKG|852|14|Hong Kong
        HM|HMD|||Heard Island and McDonald Islands
        HN|HND|504|88|Honduras
        HR|HRV|385|45|Croatia
        HT|HTI|509|26|Haiti
        HU|HUN|36|84|Hungary
        ID|IDN|62|6|Indonesia
        IE|IRL|353|23|Ireland
        IL|ISR|972|13|Israel
        IM|IMN|44||Isle of Man
        IN|IND|91|22|India
        IO|IOT|246||British Indian Ocean Territory
        IQ|IRQ|964|47|Iraq
        IR|IRN|98|57|Iran
        IS|ISL|354|132|Iceland
        IT|ITA|39|86|Italy
        JE|JEY|44||Jersey
        JM|JAM|1|103|Jamaica
        JO|JOR|962|116|Jordan
        JP|JPN|81|182|Japan
        KE|KEN|254|8|Kenya
        KG|KGZ|996|11|Kyrgyzstan
        KH|KHM|855|24|Cambodia
        KI|KIR|686||Kiribati
        KM|COM|269|133|Comoros
        KN|KNA|1|134|Saint Kitts and Nevis
        KP|PRK|850||North Korea
        KR|KOR|82|190|South Korea
        KW|KWT|965|100|Kuwait
        KY|CYM|1|170|Cayman Islands
        KZ|KAZ|7|2|Kazakhstan
        """
}
