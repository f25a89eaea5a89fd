extension CodeVocabulary {
    /// The words that make a number near them a code.
    static let codeWords: [(CodeMarkKind, String)] = [
        (.certain, certain), (.code, code), (.hint, hint), (.otherCode, otherCode),
        (.otherCode, otherCodeEast), (.settled, settled),
    ]

    private static let certain = """
        otp, otps, passcode, passcodes, one-time*, one time*, onetime*, verification code, 2fa
        security code, login code, log-in code, sign-in code, sign in code, confirmation code
        access code, authentication code, auth code, activation code, identification code, *验证码*
        *校验码*, *动态码*, *动态密码*, *确认码*, *激活码*, *登录码*, *登录代码*, *驗證碼*, *認證碼*, *動態密碼*, *確認碼*, *一次性密碼*
        *一次性密码*, *驗証碼*, *检验码*, *認証コード*, *確認コード*, *認証番号*, *確認番号*, *検証コード*, *認証用*, *ワンタイム*
        *セキュリティコード*, *ログインコード*, *인증번호*, *인증코드*, *인증 번호*, *인증 코드*, *확인코드*, *확인 코드*, *일회용*, *보안코드*
        رمز التحقق, رمز التاكيد, رمز التفعيل, كود التحقق, كود التفعيل, كلمه المرور لمره, کد تایید
        کد تأیید, کد فعال*, کد ورود, رمز یکبار*, رمز پویا, ओटीपी, ওটিপি, ஓடிபி, ఓటిపి, einmalpass*
        einmalkennwort*, einmal-*, mtan, sms-tan, smstan, pushtan, usage unique, un solo uso
        uso unico, de uso unico, engangs*, kertakaytto*, jednorazow*, jednorazov*, одноразов*
        tek kullanim*, sekali pakai, bir martalik
        """

    private static let code = """
        code, codes, *code, code*, coden, codul*, coduri*, cod, codigo*, codi, codice, codici
        kod*, *kod, *koden, *kode, *kodea, *koodi*, koda, kode*, kods*, kodas*, *kodas, *kodin
        ma xac*, ma otp, ma cua ban, ma dang*, ma bao mat, ma kich*, ma pin, ma so, ma la, mã
        mã số, pin, mpin, tac, tan, token, tokens, password*, passwort*, *passwort, kennwort*
        wachtwoord*, contrasena*, senha, clave, claves, mot de passe, haslo*, heslo*, sifre*
        parola*, lozink*, jelszo*, jelszav*, salasana*, losenord*, kata sandi, sandi, mat khau
        konfirmokod*, verifikasiekode*, *kodinn*, kode ini, pincode, pinkod*, pin-*, κωδικ*, код*
        *код, парол*, шифр*, *رمز*, *كود*, کد*, کوڈ*, کۆد*, *السري, كلمه المرور, كلمه السر, קוד
        הקוד, בקוד, לקוד, שהקוד, והקוד, קודי, סיסמ*, הסיסמ*, בסיסמ*, कोड*, पिन*, पासवर्ड*, কোড*
        পিন*, পাসওয়ার্ড*, *குறியீடு*, கடவுச்சொல்*, కోడ్*, పిన్*, ಕೋಡ್*, കോഡ്*, *കോഡ്*, કોડ*, ਕੋਡ*
        *කේත*, *รหัส*, *พิน*, *ລະຫັດ*, *កូដ*, *ကုဒ်*, *码*, *碼*, *口令*, *コード*, *パスワード*, *暗証番号*
        *パスコード*, *코드*, *비밀번호*, *암호*, *암호는*, კოდ*, կոդ*, ծածկագ*, ኮድ*, namba ya siri, msimbo*
        nambari yako, nambari ya
        """

    private static let hint = """
        verif*, confirm*, conferm*, valider, validez, validar, valide, activat*, activac*
        authent*, authoriz*, authoris*, auth, login*, log in, sign in, sign-in, signing in, signin
        log-in, security, validat*, validac*, verific*, autentic*, autoriz*, acceder*, acceso
        acesso, iniciar sesion, seguridad, seguranca, connexion, connecter, accesso, accedi
        sicurezza, ativ*, bestatig*, bestaetig*, verifizier*, anmeld*, einlog*, freigab*
        sicherheit*, bevestig*, inlog*, aanmeld*, bekraft*, bekræft*, bekreft*, logga in, logg inn
        log ind, innlogg*, staofest*, staðfest*, vahvist*, kirjaut*, ellenorz*, megerosit*
        bejelentkez*, overov*, overen*, potvrzov*, potvrzen*, potvrd*, potrd*, prihlas*, preverj*
        weryfik*, potwierdz*, logowan*, zalog*, dogrula*, onay*, giris*, tasdiq*, təsdiq*
        konfirmasi, verifikasi*, verifik*, otentik*, otorisasi, masuk, aktivasi, pengesahan
        sahkan, xac minh, xac thuc, xac nhan, dang nhap, kich hoat, kinnit*, apstiprin*
        patvirtin*, uthibitish*, egiaztap*, hyrje*, подтверд*, подтвержд*, регистрац*, авториз*
        вход, входа, войти, введите, активац*, проверочн*, підтвердж*, вхід, входу, увійти
        введіть, авторизац*, потвържд*, потврд*, пацвярдж*, расту, баталгаажуул*, επαληθευσ*
        επιβεβαι*, συνδεσ*, *التحقق*, *تاكيد*, *تفعيل*, *الدخول*, *تایید*, *تأیید*, *ورود*
        *فعالسازی*, *تصدیق*, אימות, האימות, לאימות, כניסה, לכניסה, התחברות, להתחברות, अनुमोदन
        सत्यापन*, लॉगिन*, प्रमाणीकरण*, যাচাই*, লগইন*, *ยืนยัน*, *เข้าสู่ระบบ*, *验证*, *驗證*, *确认*
        *確認*, *登录*, *登入*, *激活*, *认证*, *認證*, *認証*, *ログイン*, *인증*, *확인*, *로그인*
        """

    private static let settled = """
        confirmed, verified, activated, validated, authenticated, registered, confirmado
        confirmada, verificado, verificada, confirme avec, a ete confirme*, est confirme*
        confermato, confermata, bestatigt, bestaetigt, verifiziert, bevestigd, bekraftad
        bekreftet, bekræftet, potwierdzon*, potvrzen, potvrzena, potvrzeno, potvrdena, onaylandi
        dikonfirmasi, terkonfirmasi, da duoc xac nhan, подтвержден, подтверждена, подтверждено
        підтверджен*, *已确认*, *已確認*, *已验证*, *확인되었*, *認証済*, *確認済*, אושרה, אושר
        """

    private static let otherCode = """
        promo code*, promo-code*, promocode*, promotional code*, promotion code*, discount code*
        coupon code*, voucher code*, gift code*, gift card code*, referral code*, offer code*
        zip code*, zip-code*, zipcode*, postal code*, postcode*, post code*, area code*
        country code*, dialing code*, dialling code*, source code*, dress code*, bar code*
        barcode*, qr code*, qr-code*, error code*, status code*, tracking code*, booking code*
        reservation code*, order code*, reference code*, ref code*, ref.code, ref. code
        product code*, item code*, branch code*, swift code*, ifsc code*, sort code*, exit code*
        confirmation #, confirmation: #, confirmation no, confirmation no., code of conduct
        code promo*, code postal*, code de reduction, code de suivi, code barre*, code client
        code avantage, code produit, codigo promocional*, codigo de descuento*, codigo de desconto
        codigo postal*, codigo de pedido, codigo de area, codigo de reserva, codigo de rastreio
        codigo de seguimiento, codigo de barras, codigo de cliente, codice promo*, codice sconto*
        codice postale, codice fiscale, codice cliente, codice prenotazione, codice ordine
        cod postal*, cod fiscal*, cod promo*, cod de reducere, gutscheincode*, rabattcode*
        aktionscode*, kortingscode*, actiecode*, kod rabatow*, kod pocztow*, kod promocyjn*
        slevovy kod*, zlavovy kod*, rabattkod*, kampanjkod*, rabatkode*, rabattkode*, alekoodi*
        tarjouskoodi*, promosyon kodu*, indirim kodu*, posta kodu*, kampanya kodu*, kuponkod*
        kode promo*, kode pos, kode pesanan, kode booking, kode voucher*, kode diskon*
        kode referral, kode barang, kod promosi, kod diskaun, ma giam gia, ma khuyen mai
        ma don hang, ma giao dich, ma van don, ma uu dai, mã giảm giá, mã khuyến mại
        mã khuyến mãi, mã đơn hàng, mã giao dịch, mã vận đơn, mã ưu đãi, промокод*, промо-код*
        код заказа, код ошибки, код страны, код города, код товара, почтовый код, штрих-код*
        код знижки, код замовлення, код купона, отстъпка код, κωδικός προσφοράς, κωδικός έκπτωσης
        κωδικός παραγγελίας, ταχυδρομικός κωδικός
        """

    private static let otherCodeEast = """
        كود الخصم, كود خصم, رمز الخصم, رمز خصم, الرمز البريدي, رمز البريد, رمز الطلب, کد تخفیف
        کد رهگیری, کد پستی, کد سفارش, کد پیگیری, کد ملی, קוד קופון, קוד הנחה, קוד הטבה
        डिस्काउंट कोड, प्रोमो कोड, कूपन कोड, पिन कोड, প্রোমো কোড, ডিসকাউন্ট কোড, *รหัสอ้างอิง*
        *รหัสส่วนลด*, *รหัสไปรษณีย์*, *รหัสสินค้า*, *รหัสคำสั่งซื้อ*, *โค้ดส่วนลด*, *优惠码*, *折扣码*
        *優惠碼*, *折扣碼*, *兑换码*, *邮政编码*, *编码*, *編碼*, *号码*, *號碼*, *扫码*, *掃碼*, *二维码*, *二維碼*, *条码*, *條碼*
        *条形码*, *クーポンコード*, *割引コード*, *プロモコード*, *商品コード*, *国コード*, *エラーコード*, *할인코드*, *할인 코드*, *쿠폰코드*
        *쿠폰 코드*, *프로모션 코드*, *오류 코드*
        """
}
