extension ServiceTable {
    /// Services of these kinds: accounts, mail, software, media and games.
    ///
    /// Columns: slug, sms-activate code, name, other names separated by `;`. A code is here only
    /// where at least two independent lists of that API agree on it, and empty elsewhere.
    static let accounts = """
        google|go|Google|Gmail;YouTube;Google Mail
        microsoft|mm|Microsoft|Outlook;Hotmail;Live.com;MSN;Azure;Bing
        apple|wx|Apple|iCloud;Apple ID
        yahoo|mb|Yahoo|Yahoo Mail
        yandex|ya|Yandex|Yandex/Uber
        mailru|ma|Mail.ru|Mail ru Group
        openai|dr|OpenAI|ChatGPT;Chat GPT
        claude|acz|Claude|Anthropic
        naver|nv|Naver|
        baidu|li|Baidu|
        netease|aaq|NetEase|
        protonmail|dp|Proton Mail|Proton
        aol|pm|AOL|
        gmx|abk|GMX|
        webde|abo|WEB.DE|
        fastmail|mr|Fastmail|
        mailcom|yq|mail.com|
        zoho|zh|Zoho|
        rediffmail|co|Rediffmail|Rediff
        ukrnet|hu|Ukr.net|
        seznam|adu|Seznam|
        rambler|tc|Rambler|
        onet|ue|Onet|
        xiaomi|yu|Xiaomi|
        vivo|kx|Vivo|
        oppo|lo|OPPO|
        samsung-shop|gs|Samsung Shop|
        twilio|ee|Twilio|
        linode|ex|Linode|
        vercel|amb|Vercel|
        kamatera|aed|Kamatera|
        beget|ov|Beget|
        strato|ahj|STRATO|
        brevo|aiz|Brevo|
        getresponse|ala|GetResponse|
        okta|lr|Okta|
        docusign|blr|DocuSign|
        shopify|ano|Shopify|
        kaggle|zo|Kaggle|
        outlier|auz|Outlier|
        remotasks|aln|Remotasks|
        manus|bwv|Manus|
        github||GitHub|
        hostinger||Hostinger|
        suno||Suno|
        indeed||Indeed|
        upwork|abq|Upwork|
        fiverr|cn|Fiverr|
        freelancer|gq|Freelancer|
        kwork|er|Kwork|
        headhunter|yh|HeadHunter|hh;hh.ru
        course-hero|yg|Course Hero|
        sheerid|rx|SheerID|
        netflix|nf|Netflix|
        spotify|alj|Spotify|
        twitch|hb|Twitch|
        disney-hotstar|ud|Disney+ Hotstar|Disney;Disney Plus;Hotstar
        iqiyi|es|iQIYI|
        vidio|fv|Vidio|
        okko|og|Okko|
        ivi|jc|IVI|
        kion|afo|KION|
        wink|ta|Wink|
        megogo|lv|Megogo|
        rutube|ui|RuTube|
        ximalaya|nw|Ximalaya|
        steam|mt|Steam|
        blizzard|bz|Blizzard|Battle.net
        ubisoft|ahb|Ubisoft|
        faceit|qz|FACEIT|
        supercell|ane|Supercell|
        razer|acm|Razer|
        ankama|alg|Ankama|
        ncsoft|sw|NCSOFT|
        nttgame|zy|NTTGame|
        escape-from-tarkov|ah|Escape from Tarkov|
        humble-bundle|un|Humble Bundle|
        eneba|uf|Eneba|
        g2a|aja|G2A|
        g2g|bk|G2G|
        funpay|ng|FunPay|
        offgamers|uz|OffGamers|
        codashop|oe|Codashop|
        playerauctions|aer|PlayerAuctions|
        roblox||Roblox|
        garena||Garena|
        epic-games||Epic Games|
        dream11|ve|Dream11|
        mpl|xq|MPL|Mobile Premier League
        my11circle|ha|My11Circle|
        winzo|vs|WinZO|WinzoGame;WinZO Games
        rummycircle|adj|RummyCircle|
        zupee|mi|Zupee|
        bet365|ie|bet365|
        betfair|vd|Betfair|
        betano|agl|Betano|
        1xbet|wj|1xBet|
        paddy-power|cw|Paddy Power|
        888casino|ll|888casino|
        playojo|adc|PlayOJO|
        other|ot|Other|Any other;Any other service;Other service
        """
}
