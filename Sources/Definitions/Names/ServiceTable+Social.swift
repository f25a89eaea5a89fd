extension ServiceTable {
    /// Services of these kinds: social networks, messengers and dating.
    ///
    /// Columns: slug, sms-activate code, name, other names separated by `;`. A code is here only
    /// where at least two independent lists of that API agree on it, and empty elsewhere.
    static let social = """
        whatsapp|wa|WhatsApp|WhatsApp Business;Whats App
        telegram|tg|Telegram|TG
        instagram|ig|Instagram|Threads;Instagram Threads;Insta
        facebook|fb|Facebook|FB
        twitter|tw|Twitter|X;X.com;Twitter X
        tiktok|lf|TikTok|Douyin;Tik Tok
        discord|ds|Discord|
        snapchat|fu|Snapchat|Snap
        viber|vi|Viber|Rakuten Viber
        wechat|wb|WeChat|Weixin
        line|me|LINE|Line Messenger;Line msg
        kakaotalk|kt|KakaoTalk|Kakao
        signal|bw|Signal|
        imo|im|imo|IMO Messenger
        zalo|mj|Zalo|
        skype|rc|Skype|
        qq|qq|QQ|Tencent QQ
        weibo|kf|Weibo|Sina Weibo
        icq|iq|ICQ|
        michat|mc|MiChat|
        keybase|bf|Keybase|
        groupme|xs|GroupMe|
        botim|aup|BOTIM|
        potato-chat|fj|Potato Chat|
        truecaller|tl|Truecaller|
        google-voice|gf|Google Voice|
        openphone|ahd|OpenPhone|
        rebtel|ajj|Rebtel|
        sideline|apl|Sideline|
        textfree||TextFree|
        vk|vk|VK|vk.com;VKontakte;V Kontakte
        ok|ok|OK|ok.ru;Odnoklassniki
        drugvokrug|we|DrugVokrug|Drug Vokrug
        mamba|fd|Mamba|
        tamtam|aat|TamTam|
        linkedin|tn|LinkedIn|
        reddit|bnl|Reddit|
        clubhouse|et|Clubhouse|
        truth-social|ada|Truth Social|
        nextdoor|ef|Nextdoor|
        bereal|ck|BeReal|
        meta|vy|Meta|
        tumblr||Tumblr|
        xiaohongshu|qf|Xiaohongshu|RedBook;RedNote;Red Book;Little Red Book
        zhihu|qy|Zhihu|
        bilibili|zs|Bilibili|
        kwai|vp|Kwai|
        bigo-live|bl|BIGO LIVE|Bigo
        likee|jf|Likee|
        tango|xr|Tango|
        yalla|yl|Yalla|
        weverse|ja|Weverse|
        mocospace|gm|MocoSpace|
        douyu|ak|Douyu|
        huya|pp|Huya|
        nimotv|kz|NimoTV|
        band|hl|BAND|
        callapp|gw|CallApp|
        eyecon|kr|Eyecon|
        afreecatv|aip|AfreecaTV|
        boosty|adr|Boosty|
        tinder|oi|Tinder|
        bumble|mo|Bumble|
        badoo|qv|Badoo|
        hinge|vz|Hinge|
        happn|df|Happn|
        grindr|yw|Grindr|
        okcupid|vm|OkCupid|OK Cupid
        plenty-of-fish|pf|Plenty of Fish|POF;pof.com
        match|axr|Match|match.com
        skout|wg|Skout|
        coffee-meets-bagel|agm|Coffee Meets Bagel|CMB
        tantan|wh|TanTan|
        blued|qn|Blued|
        her|akp|HER|
        chispa|ir|Chispa|
        hily|rt|Hily|
        fruitz|mv|Fruitz|
        muzz|alm|Muzz|Muzmatch
        pairs|dk|Pairs|
        cupid-media|aje|Cupid Media|
        yubo|uh|Yubo|
        justdating|pu|JustDating|
        soul|mx|Soul|SoulApp
        feels|akd|Feels|
        feeld||Feeld|
        """
}
