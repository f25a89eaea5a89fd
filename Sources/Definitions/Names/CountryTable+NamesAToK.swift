extension CountryTable {
    /// Other names of the countries whose alpha-2 code begins with A to K.
    ///
    /// Columns: alpha-2, names separated by `;`. A country may have several rows. The names are the
    /// formal ones of ISO 3166-1 and the spellings that providers use, misspellings included.
    static let namesAToK = """
        AD|Principality of Andorra
        AE|UAE;Emirates;United Arab Emirate
        AF|Islamic Republic of Afghanistan
        AG|Antigua;Antigua Barbuda
        AR|Argentinas;Argentine Republic
        AS|Samoa American
        AX|Aland
        BA|Bosnia;Bosnia Herzegovina
        BD|People's Republic of Bangladesh
        BE|Kingdom of Belgium
        BF|Burkina;Furkina Faso
        BH|Kingdom of Bahrain
        BL|Saint Barth;Saint Barts
        BN|Brunei Darussalam
        BO|Bolivia, Plurinational State of;Plurinational State of Bolivia
        BQ|Bonaire;Bonaire, Sint Eustatius and Saba;BES Islands
        BR|Federative Republic of Brazil
        BS|Bahama;Commonwealth of the Bahamas
        BT|Kingdom of Bhutan
        BY|Belorussia;Byelorussia
        CC|Keeling Islands;Cocos (Keeling) Islands
        CD|DCongo;DRC;Congo DR;Congo (DRC);Congo (Dem. Republic);Dem. Republic of the Congo
        CD|Democratic Congo;Congo Kinshasa;Zaire;Congo, The Democratic Republic of the
        CD|Democratic Republic of the Congo
        CF|CAR;Central Africa
        CG|Congo Brazzaville;Congo Republic
        CH|Swiss;Swiss Confederation
        CI|Ivory Coast;Ivory;Cote d`Ivoire Ivory Coast
        CN|PRC;Mainland China;PR China;People's Republic of China
        CV|Cabo Verde;Republic of Cabo Verde
        CZ|Czech;Czech Republic
        DE|Federal Republic of Germany
        DK|Kingdom of Denmark
        DM|Commonwealth of Dominica
        DO|Dominican;Dominican Rep
        DZ|People's Democratic Republic of Algeria
        EG|Arab Republic of Egypt
        ER|the State of Eritrea
        ES|Kingdom of Spain
        ET|Federal Democratic Republic of Ethiopia
        FK|Malvinas;Falklands;Falkland Islands (Malvinas)
        FM|Micronesia, Federated States of;Federated States of Micronesia
        FO|Faeroe Islands;Faroes
        FR|French Republic
        GA|Gabonese Republic
        GB|UK;England;Great Britain;Britain;England (UK);United Kingdom (UK)
        GB|United Kingdom of Great Britain;United Kingdom of Great Britain and Northern Ireland
        GF|French Guyana;Guyane
        GR|Hellenic Republic
        HK|Hong Kong SAR;Hong Kong (China);China Hong Kong
        HK|Hong Kong Special Administrative Region of China
        HM|Heard Island
        IL|State of Israel
        IO|BIOT;Diego Garcia
        IR|Iran, Islamic Republic of;Islamic Republic of Iran
        IT|Italian Republic
        JO|Kingdom of Jordan;Hashemite Kingdom of Jordan
        KG|Kirghizia;Kirgizstan;Kyrgyz Republic
        KH|Kingdom of Cambodia
        KM|Union of the Comoros
        KN|Saint Kitts;Saint Christopher and Nevis
        KP|DPRK;Korea North;Korea, Democratic People's Republic of;Korea, DPR
        KP|Democratic People's Republic of Korea
        KR|Korea;Republic of Korea;Korea South;Korea, Republic of;ROK
        KW|State of Kuwait
        KY|Cayman
        KZ|Kazakstan
        """
}
